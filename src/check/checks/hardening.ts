import type { LoadedProgram } from '../../service/service-start.ts';
import type { GenericCheck } from '../generic-check.ts';
import { closureOf } from './closure-of.ts';
import { isSameProgram } from './same-program.ts';

export const hardeningCheck: GenericCheck = {
  id: 'hardening',
  title: "Tomorrow's program is built as defensively as today's",
  explains:
    'Distributions build programs so that an error in them is harder to use: at an address that changes with each start ' +
    '(PIE), with tables that can not be written after the start (RELRO, and all of them with BIND_NOW), with a canary ' +
    "before return addresses, and with checked copies of memory (fortify). A build of one's own often lacks them, and " +
    'nothing says so. The program starts all the same, so each loss is a warning. Of a static program the first two alone can be told. The check is silent when the program ' +
    "stays the same or has all that today's has.",
  run(today, tomorrow) {
    const [before, after] = [closureOf(today), closureOf(tomorrow)];
    if (typeof after === 'string') return { couldNotRun: after };
    if (typeof before === 'string' || isSameProgram(before, after)) return { examined: 0, findings: [] };
    const [had, has] = [today, tomorrow].map(({ start }) => start.loaded && defencesOf(start.loaded));
    const lost = DEFENCES.filter(({ key }) => had?.[key] === true && has?.[key] === false);
    const { path } = after.program;
    return {
      examined: DEFENCES.length,
      findings: lost.map(({ name, means, flag }) => ({
        severity: 'warning' as const,
        subject: `${name} of ${path}`,
        reason: `Today's program has it and this one has not: ${means}.`,
        evidence: [{ how: `the headers and symbols of ${before.program.path} and ${path}` }],
        remedy: `Build it with ${flag}.`,
      })),
    };
  },
};

/** Undefined where it can not be told, or is no question. */
interface Defences {
  readonly pie: boolean;
  readonly relro: boolean;
  readonly bindNow: boolean | undefined;
  readonly canary: boolean | undefined;
  readonly fortify: boolean | undefined;
}

function defencesOf({ closure, symbolsOf }: LoadedProgram): Defences {
  const { elf } = closure.program;
  const symbols = symbolsOf(closure.program);
  const names = symbols.kind === 'symbols' ? symbols.needed.map(({ name }) => name) : [];
  // A static program has bound everything, and what it calls of the library is in it without a name.
  const isStatic = elf.dynamic === undefined || (elf.dynamic.needed.length === 0 && names.length === 0);
  return {
    pie: elf.type === 'shared',
    relro: elf.segments.some(({ type }) => type === 'relro'),
    bindNow: isStatic ? undefined : elf.dynamic.bindNow,
    canary: isStatic ? undefined : names.includes('__stack_chk_fail'),
    fortify: isStatic
      ? undefined
      : names.some((name) => /^__\w+_chk$/.test(name) && name !== '__stack_chk_fail'),
  };
}

const DEFENCES = [
  { key: 'pie', name: 'PIE', means: 'it lies at the same address at every start', flag: '-fPIE -pie' },
  {
    key: 'relro',
    name: 'RELRO',
    means: 'its tables of addresses can be written while it runs',
    flag: '-Wl,-z,relro',
  },
  {
    key: 'bindNow',
    name: 'BIND_NOW',
    means: 'its table of functions can be written while it runs',
    flag: '-Wl,-z,now',
  },
  {
    key: 'canary',
    name: 'Stack canary',
    means: 'an overflow of the stack goes unseen',
    flag: '-fstack-protector-strong',
  },
  {
    key: 'fortify',
    name: 'Fortify',
    means: 'copies of memory are not checked',
    flag: '-O2 -D_FORTIFY_SOURCE=2',
  },
] as const;
