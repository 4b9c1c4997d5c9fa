import { shortName } from '../../formats/cxx-name/short-name.ts';
import type { LoadedObject } from '../../formats/elf/loader/loaded-object.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { changedObjects } from './changed-objects.ts';
import { closureOf } from './closure-of.ts';
import { goneSymbols } from './gone-from.ts';
import { firstOf } from '../../text/first-of.ts';

const MOST_NAMED = 3;

export const librariesChangedCheck: GenericCheck = {
  id: 'libraries-changed',
  title: "Libraries are found where today's program finds them, with the same functions in them",
  explains:
    'A library of one name may be found as another file tomorrow: by the RUNPATH of the new program, or because the ' +
    'plan brings one along. What the program itself needs is looked up in it by symbols-missing; what it opens while it ' +
    'runs, and what others take from it, is not. The check names each library that is another file, and the functions ' +
    'and variables that are gone from it. Whether those that are left kept their types library-types says. It is silent when every library is the file it was.',
  run(today, tomorrow) {
    const [before, after] = [closureOf(today), closureOf(tomorrow)];
    if (typeof after === 'string') return { couldNotRun: after };
    if (typeof before === 'string') return { examined: 0, findings: [] };
    const findings = changedObjects(before, after).map(({ was, is }) =>
      anotherFile(was, is, goneSymbols(today, was, tomorrow, is)),
    );
    return { examined: after.objects.length - 1, findings };
  },
};

function anotherFile(was: LoadedObject, is: LoadedObject, gone: readonly string[]): GenericFinding {
  const loss =
    gone.length === 0 ? 'Nothing is gone from it.' : `Gone from it: ${firstOf(gone, MOST_NAMED, shortName)}.`;
  return {
    severity: 'note',
    subject: is.name,
    reason: `${is.realPath === was.realPath ? `${is.realPath} is another build tomorrow` : `It is ${is.realPath} tomorrow and ${was.realPath} today`}. ${loss}`,
    evidence: [
      { how: `found as ${is.path}` },
      ...gone.slice(0, MOST_NAMED).map((name) => ({ how: `gone: ${name}` })),
    ],
    remedy: 'Read what library-types says of the types in it.',
  };
}
