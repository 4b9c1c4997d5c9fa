import { CouldNotRun } from '../../src/documents/could-not-run.ts';
import type { Host } from '../../src/host/host.ts';
import { writtenCommands } from '../../src/service/commands.ts';
import { simplePath } from '../../src/service/directives/kinds/path.ts';
import { wordsOf } from '../../src/service/directives/kinds/words.ts';
import { type LoadedUnit, loadUnit } from '../../src/service/load-unit.ts';
import { refusedUnit } from '../../src/service/refused-unit.ts';
import { type ComparedProperties, compareProperties, propertiesOn } from './compare-properties.ts';
import { COMMAND_DIRECTIVES, type SystemdCommands } from './commands-of-systemd.ts';
import type { SystemdUnit } from './properties-of-systemd.ts';

/** Holds what Cutover makes of the unit that is asked for against what systemd says. Undefined: both refuse it. */
export function compareUnit(
  host: Host,
  asked: string,
  { properties, commands }: SystemdUnit,
): ComparedProperties | undefined {
  const state = properties.get('LoadState') ?? '';
  const unit = loaded(host, asked);
  if (state !== 'loaded') {
    if (typeof unit === 'string') return undefined;
    if (state === 'bad-setting' && refusedUnit(unit, propertiesOn(host, unit)) !== undefined)
      return undefined;
    return { compared: 1, differences: [`${asked}: systemd says ${state}, Cutover loads it`] };
  }
  if (typeof unit === 'string')
    return { compared: 1, differences: [`${asked}: systemd loads it, Cutover says: ${unit}`] };
  const refused = refusedUnit(unit, propertiesOn(host, unit));
  if (refused !== undefined)
    return { compared: 1, differences: [`${asked}: systemd loads it, Cutover says: ${refused.reason}`] };
  const values = compareProperties(host, unit, properties);
  const [files, lines] = [compareFiles(host, unit, properties), compareCommands(host, unit, commands)];
  return {
    compared: values.compared + files.compared + lines.compared,
    differences: [...files.differences, ...lines.differences, ...values.differences],
  };
}

function loaded(host: Host, asked: string): LoadedUnit | string {
  try {
    return loadUnit(host, asked);
  } catch (error) {
    if (error instanceof CouldNotRun) return error.message;
    throw error;
  }
}

function compareFiles(
  host: Host,
  unit: LoadedUnit,
  properties: ReadonlyMap<string, string>,
): ComparedProperties {
  const sorted = (names: readonly string[]): string => [...names].sort().join(' ');
  return compared(unit.name, [
    ['Id', unit.name, properties.get('Id') ?? ''],
    ['Names', sorted(unit.names), sorted(wordsOf(properties.get('Names') ?? ''))],
    ['FragmentPath', oneSpelling(unit.fragment.path), oneSpelling(properties.get('FragmentPath') ?? '')],
    [
      'DropInPaths',
      unit.dropIns.map(({ path }) => oneSpelling(path)).join(' '),
      // systemd lists masks and empty files too.
      wordsOf(properties.get('DropInPaths') ?? '')
        .filter((path) => hasContent(host, path))
        .map(oneSpelling)
        .join(' '),
    ],
  ]);
}

function hasContent(host: Host, path: string): boolean {
  const facts = host.stat(path);
  return facts?.type === 'file' && facts.size > 0;
}

/** /lib/systemd/system is /usr/lib/systemd/system here. */
function oneSpelling(path: string): string {
  return path.replace(/^\/lib\//, '/usr/lib/');
}

function compareCommands(host: Host, unit: LoadedUnit, commands: SystemdCommands): ComparedProperties {
  const written = writtenCommands(host, unit);
  return compared(
    unit.name,
    COMMAND_DIRECTIVES.map((directive) => {
      const ours = written
        .filter((command) => command.directive === directive)
        .map(({ prefixes, words }) => {
          const texts = words.map(String);
          const [program = '', ...rest] = texts;
          const path = simplePath(program) ?? program;
          return prefixes.includes('@') ? [path, ...rest] : [path, program, ...rest];
        });
      return [directive, JSON.stringify(ours), JSON.stringify(commands.get(directive) ?? [])];
    }),
  );
}

function compared(
  name: string,
  values: readonly (readonly [property: string, ours: string, theirs: string])[],
): ComparedProperties {
  return {
    compared: values.length,
    differences: values
      .filter(([, ours, theirs]) => ours !== theirs)
      .map(([property, ours, theirs]) => `${name}: ${property}: systemd has ${theirs}, Cutover ${ours}`),
  };
}
