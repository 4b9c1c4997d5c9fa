import type { LoaderRefusal } from '../../service/loader-refusals.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { closureOf } from './closure-of.ts';
import { sentences } from './sentences.ts';
import { triedPaths } from './tried-paths.ts';

export const librariesMissingCheck: GenericCheck = {
  id: 'libraries-missing',
  title: "Every library of tomorrow's program is found",
  explains:
    'The dynamic loader looks for each library that the program and its libraries need, by the rules of ld.so(8): RPATH, ' +
    'LD_LIBRARY_PATH, RUNPATH, the cache of ldconfig, the default directories. One that it does not find ends the start ' +
    'with 127 before any log is written, and so does one that is damaged or cut off. What was tried is listed, the directories for certain processors by their number. The check is silent when all are found.',
  run(today, tomorrow) {
    const closure = closureOf(tomorrow);
    if (typeof closure === 'string') return { couldNotRun: closure };
    const { path, elf } = closure.program;
    const machine = today.start.loaded?.closure.program.elf.machine ?? elf.machine;
    if (machine !== elf.machine)
      return {
        couldNotRun: `${path} is built for ${elf.machine} (program), so no loader ever looks for them`,
      };
    const refusals = tomorrow.start.loaded?.refusals ?? [];
    const refused = new Set(refusals.map(({ name }) => name));
    const absent = closure.missing.filter(({ name, fatal }) => !(fatal && refused.has(name)));
    const findings = absent.map(({ name, requestedBy, fatal, tried }): GenericFinding => {
      const paths = triedPaths(tried);
      return {
        severity: fatal ? 'blocker' : 'warning',
        subject: name,
        reason: fatal
          ? `${requestedBy.path} needs it and the loader does not find it: cannot open shared object file.`
          : `It is to be preloaded and the loader does not find it; it goes on without.`,
        evidence: [{ how: `tried ${paths.length === 0 ? 'nothing' : paths.join(', ')}` }],
        remedy: `Install the package that has ${name}, or bring it along and let LD_LIBRARY_PATH name its directory.`,
      };
    });
    return {
      examined: closure.objects.length - 1 + closure.missing.length,
      findings: [...refusals.map(refusedLibrary), ...findings],
    };
  },
};

function refusedLibrary({ path, name, requestedBy, because }: LoaderRefusal): GenericFinding {
  return {
    severity: 'blocker',
    subject: path,
    reason: sentences(because),
    evidence: [{ how: requestedBy === undefined ? because.message : `${requestedBy.path} needs ${name}` }],
    remedy: because.next ?? 'Mend it and ask again.',
  };
}
