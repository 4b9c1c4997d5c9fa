import { shortName } from '../../formats/cxx-name/short-name.ts';
import type { LoadedObject } from '../../formats/elf/loader/loaded-object.ts';
import {
  type Binding,
  type MissingSymbol,
  missingSymbols,
} from '../../formats/elf/loader/missing-symbols.ts';
import type { Graph } from '../../graph/graph.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { closureOf } from './closure-of.ts';
import { firstOf } from '../../text/first-of.ts';

const MOST_NAMED = 3;

export const symbolsMissingCheck: GenericCheck = {
  id: 'symbols-missing',
  title: "Every symbol that tomorrow's program needs is provided, in the version it needs",
  explains:
    'Every symbol that the program and its libraries need is looked up as the dynamic loader would, with its version. A ' +
    'version that a library does not have (GLIBC_2.34 wanted, 2.31 there) ends the start; a missing function ends the ' +
    'program when it is first called, or at the start when it is bound then. What is missing in the same library today ' +
    'already, and does no harm there, is left out. The check is silent when nothing else is missing.',
  run(today, tomorrow) {
    const closure = closureOf(tomorrow);
    if (typeof closure === 'string') return { couldNotRun: closure };
    if (closure.missing.some(({ fatal }) => fatal)) {
      return { couldNotRun: 'libraries are missing (libraries-missing), so what they provide is not known' };
    }
    const after = bindingOf(tomorrow);
    const before = bindingOf(today);
    const known = new Set(before.symbols.map(keyOf));
    const wasUnreadable = new Set(before.unreadable.map(({ object }) => object.realPath));
    const damagedNow = after.unreadable.filter(({ object }) => !wasUnreadable.has(object.realPath));
    if (damagedNow.length > 0)
      return { examined: closure.objects.length, findings: damagedNow.map(unreadableSymbols) };
    if (after.unreadable.length > 0) {
      const names = after.unreadable.map(({ object, reason }) => `${object.path}: ${reason}`);
      return { couldNotRun: `symbols could not be read: ${names.join('; ')}` };
    }
    const byObject = new Map<LoadedObject, string[]>();
    for (const symbol of after.symbols) {
      if (known.has(keyOf(symbol))) continue;
      byObject.set(symbol.neededBy, [...(byObject.get(symbol.neededBy) ?? []), symbol.name]);
    }
    return {
      examined: closure.objects.length,
      findings: [
        ...after.versions.map(
          ({ version, unversioned, library, neededBy }): GenericFinding => ({
            severity: 'blocker',
            subject: neededBy.path,
            reason: unversioned
              ? `It needs version ${version} of ${library.path}, which has no versions at all: the loader ends with "Inconsistency detected by ld.so".`
              : `It needs version ${version} of ${library.path}, which does not have it: version \`${version}' not found.`,
            evidence: [{ how: `${neededBy.path} needs ${version} from ${library.name}` }],
            remedy: `Build ${neededBy.name} for what this machine has, or bring a newer ${library.name} along.`,
          }),
        ),
        ...[...byObject].map(([object, names]) => undefinedSymbols(object, names)),
      ],
    };
  },
};

function bindingOf({ start }: Graph): Binding {
  if (start.loaded === undefined) return { symbols: [], versions: [], unreadable: [] };
  const { closure, symbolsOf } = start.loaded;
  return missingSymbols(closure.objects, closure.objects, closure.byName, symbolsOf);
}

/** A symbol and who needs it, the program under whatever path. */
function keyOf({ name, neededBy }: MissingSymbol): string {
  return `${neededBy.rule.kind === 'program' ? 'program' : neededBy.name} ${name}`;
}

/** The service runs with no such file today: it is the file, not this reading of it. */
function unreadableSymbols({ object, reason }: Binding['unreadable'][number]): GenericFinding {
  return {
    severity: 'blocker',
    subject: object.path,
    reason: `It is damaged: ${reason}. The loader can not look up symbols in it.`,
    evidence: [{ how: `${object.path}: ${reason}` }],
    remedy: 'Copy the file again from where it was built, or reinstall its package.',
  };
}

function undefinedSymbols(object: LoadedObject, names: readonly string[]): GenericFinding {
  return {
    severity: 'blocker',
    subject: object.path,
    reason: `It needs ${firstOf(names, MOST_NAMED, shortName)}, which no library of tomorrow's program provides: undefined symbol${object.elf.dynamic?.bindNow === true ? ' at the start' : ''}.`,
    evidence: names.slice(0, MOST_NAMED).map((name) => ({ how: `undefined symbol ${name}` })),
    remedy: `Use a build of ${object.name} that fits the libraries it finds, or bring the libraries that it was built against.`,
  };
}
