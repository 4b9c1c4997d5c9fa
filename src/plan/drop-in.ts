import { splitWords } from '../formats/command-line/parse-command-line.ts';
import { parseUnit } from '../formats/unit/parse-unit.ts';
import { quoteUnitWord } from './quote-unit-word.ts';

/** What Cutover's drop-in of a service says. */
export interface DropIn {
  /** What the service alone sees over what: `STORE:PATH`, each. */
  readonly binds: readonly string[];
  readonly execStart: string | undefined;
  readonly environmentFile: string | undefined;
  readonly environment: ReadonlyMap<string, string>;
  /** What other lines have in `UnsetEnvironment=` is void; `unset` lists what shall stay of it. */
  readonly resetUnset: boolean;
  readonly unset: readonly string[];
}

export const EMPTY_DROP_IN: DropIn = {
  binds: [],
  execStart: undefined,
  environmentFile: undefined,
  environment: new Map(),
  resetUnset: false,
  unset: [],
};

/** The environment file the drop-in brings along where `Environment=` would lose. systemd reads `*.conf` only. */
export function dropInEnvironmentPath(service: string): string {
  return `/etc/systemd/system/${service}.d/90-cutover.env`;
}

export function renderDropIn(dropIn: DropIn): string {
  const { binds, execStart, environmentFile, environment, resetUnset, unset } = dropIn;
  return [
    '# Written by Cutover. To take it back: cutover rollback, with the name of the service.',
    '[Service]',
    ...binds.map((bind) => `BindReadOnlyPaths=${bind}`),
    ...(execStart === undefined ? [] : ['ExecStart=', `ExecStart=${execStart}`]),
    ...(environmentFile === undefined ? [] : [`EnvironmentFile=${environmentFile}`]),
    ...[...environment].map(([name, value]) => `Environment=${quoteUnitWord(`${name}=${value}`)}`),
    ...(resetUnset ? ['UnsetEnvironment='] : []),
    ...(unset.length === 0 ? [] : [`UnsetEnvironment=${unset.map(unitWord).join(' ')}`]),
    '',
  ].join('\n');
}

/** Reads a drop-in that `renderDropIn` wrote; undefined when somebody else wrote in it. */
export function parseDropIn(path: string, text: string): DropIn | undefined {
  const { assignments } = parseUnit(path, text);
  let dropIn = EMPTY_DROP_IN;
  for (const assignment of assignments) {
    const value = assignment.value.toString();
    const words = splitWords(assignment.value).map((word) => word.text.toString());
    if (assignment.key === 'BindReadOnlyPaths') dropIn = { ...dropIn, binds: [...dropIn.binds, value] };
    else if (assignment.key === 'ExecStart' && value !== '') dropIn = { ...dropIn, execStart: value };
    else if (assignment.key === 'EnvironmentFile') dropIn = { ...dropIn, environmentFile: value };
    else if (assignment.key === 'UnsetEnvironment' && value === '') dropIn = { ...dropIn, resetUnset: true };
    else if (assignment.key === 'UnsetEnvironment')
      dropIn = { ...dropIn, unset: words.map((word) => word.replaceAll('%%', '%')) };
    else if (assignment.key === 'Environment') {
      const word = words[0]?.replaceAll('%%', '%') ?? '';
      const equals = word.indexOf('=');
      const pair: [string, string] = [word.slice(0, equals), word.slice(equals + 1)];
      dropIn = { ...dropIn, environment: new Map([...dropIn.environment, pair]) };
    }
  }
  return renderDropIn(dropIn) === text ? dropIn : undefined;
}

/** A name as it is, anything else in quotes. */
function unitWord(word: string): string {
  return /^\w+$/.test(word) ? word : quoteUnitWord(word);
}
