import { posix } from 'node:path';
import type { LoadedObject } from '../../formats/elf/loader/loaded-object.ts';
import type { Closure } from '../../formats/elf/loader/resolve-closure.ts';
import type { EffectiveVariable } from '../../service/environment.ts';
import { showPlace } from '../../text/place.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { closureOf } from './closure-of.ts';
import { isSameProgram } from './same-program.ts';

const NAME = 'LD_LIBRARY_PATH';

export const librariesElsewhereCheck: GenericCheck = {
  id: 'libraries-elsewhere',
  title: "Tomorrow's program takes no libraries from a directory meant for today's",
  explains:
    'LD_LIBRARY_PATH in the environment of a service is searched before the directories of the system, for every program ' +
    'that the service runs and for all that these start. It was set for the program of today: another program would be ' +
    'given the libraries of a package that it was not built with, now or after the next update of that package. The ' +
    'check is silent when the program stays the same, when the variable is not set, and when settings: unset: in the ' +
    'spec (UnsetEnvironment= in a drop-in) takes it away.',
  run(today, tomorrow) {
    const closure = closureOf(tomorrow);
    if (typeof closure === 'string') return { couldNotRun: closure };
    const before = closureOf(today);
    const variable = tomorrow.start.service.environment.effective.get(NAME);
    const examined = closure.objects.length - 1;
    if (variable === undefined || (typeof before !== 'string' && isSameProgram(before, closure))) {
      return { examined, findings: [] };
    }
    // A wrapper script may have put its own value in the place of the service's.
    const searched = new Set(directoriesIn(tomorrow.start.loaded?.settings.libraryPath));
    const directories = directoriesIn(variable.value.toString()).filter((directory) =>
      searched.has(directory),
    );
    return { examined, findings: directories.map((directory) => findingOf(directory, variable, closure)) };
  },
};

function directoriesIn(value: string | undefined): string[] {
  return (value ?? '')
    .split(/[:;]/)
    .filter((directory) => directory.startsWith('/'))
    .map((directory) => posix.normalize(directory).replace(/(.)\/$/, '$1'));
}

function findingOf(directory: string, variable: EffectiveVariable, closure: Closure): GenericFinding {
  const isTaken = ({ rule, path }: LoadedObject): boolean =>
    rule.kind === NAME && posix.dirname(posix.normalize(path)) === directory;
  const taken = closure.objects.filter(isTaken).map(({ path }) => path);
  const exposed = closure.objects.filter(
    ({ rule, name }) =>
      (rule.kind === 'ld.so.cache' || rule.kind === 'default path' || rule.kind === 'runpath') &&
      !name.includes('/'),
  );
  const origin = variable.value.at(variable.value.toString().indexOf(directory))?.origin;
  const place = (origin?.kind === 'literal' ? origin.place : undefined) ?? variable.place;
  const where = place === undefined ? 'the environment of the service' : showPlace(place);
  const names = exposed.map(({ name }) => name).join(', ');
  return {
    severity: 'warning',
    subject: `${NAME}=${variable.value.toString()}`,
    reason:
      taken.length > 0
        ? `${where} sets it for today's program. ${closure.program.path} is another one and would take ${taken.join(', ')} from there.`
        : `${where} sets it for today's program. ${closure.program.path} is another one, and the loader would look into ${directory} first for ${names === '' ? 'whatever it opens while it runs' : names}: none of them is there now, but one that its package brings would be taken. All that the program starts inherits it.`,
    evidence: [
      place ?? { how: where },
      ...closure.objects.filter(isTaken).map(({ name, path }) => ({ how: `${name} is found as ${path}` })),
    ],
    remedy: `Write ${NAME} under settings: unset: in the spec (UnsetEnvironment=${NAME} in a drop-in), unless the new program needs it.`,
  };
}
