import type { Host } from '../../../../host/host.ts';
import { ifReadable } from '../../../../host/if-readable.ts';
import type { Place } from '../../../../text/place.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { Setter } from '../arguments/setter.ts';
import { type Explaining, explainPath } from './explain-path.ts';
import type { GeneratedFile } from './generated-file.ts';
import { saidPaths } from './said-paths.ts';
import { toldByPresence } from './told-by-presence.ts';

const MOST_ROUNDS = 5;
const MOST_FILES = 1000;
/** Of all files and rounds; the nodes known take at most 260. */
const MOST_RENDERINGS = 1000;
const TEMPLATES = ['dcos-config.yaml', 'dcos-metadata.yaml', 'cloud-config.yaml', 'dcos-services.yaml'];

/** What of a generator is needed to find the operator's config in the files that it made. */
export interface Recovering extends Explaining {
  settersOf(name: string): readonly Setter[];
  /** The same generator with more of the operator's config known. */
  withMore(config: ReadonlyMap<string, TracedText>): Recovering;
}

export interface RecoveredConfig {
  /** By name; each an input from its place in a file of the node. */
  readonly values: ReadonlyMap<string, TracedText>;
  /** Where two files of the node tell different values of one argument, for people: that argument is left unknown. */
  readonly conflicts: readonly string[];
}

/**
 * What the operator's config said, as the node's files tell it: where a file is its template but for arguments that
 * only the config sets, and there is one way to lay it over the template, what stands in their place is their
 * value. What follows from a value tells more, so this goes in rounds. Nothing is guessed.
 */
export function recoverConfig(host: Host, generator: Recovering): RecoveredConfig {
  const values = new Map<string, TracedText>();
  const conflicts = new Map<string, string>();
  const budget = { renderings: MOST_RENDERINGS };
  let files = filesOf(host, generator);
  const presence = casesOf(host, generator);
  let current = generator;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const told = new Map<string, Told>();
    const explained = files.map((file) => explainPath(host, file, { ...current, budget })?.file);
    files = files.filter((_, index) => !isWhole(explained[index]));
    for (const one of [...explained.flatMap(toldBy), ...presence]) {
      const other = told.get(one.name);
      if (other === undefined) told.set(one.name, one);
      else if (other.text !== one.text && !conflicts.has(one.name)) {
        conflicts.set(one.name, conflict(other, one));
      }
    }
    const usable = [...told.values()].filter(({ name }) => !values.has(name) && !conflicts.has(name));
    const sure = usable.filter((one) => onlyConfigSets(current, one));
    const more = sure.length > 0 ? sure : usable.filter((one) => configMaySet(current, one));
    if (more.length === 0) break;
    for (const { name, text, place } of more) {
      values.set(name, TracedText.from(text, { kind: 'input', name, place }));
    }
    current = generator.withMore(values);
  }
  return { values, conflicts: [...conflicts.values()] };
}

/** An argument and the value that a file tells of it. */
interface Told {
  readonly name: string;
  readonly text: string;
  readonly place: Place;
}

function conflict(one: Told, other: Told): string {
  const at = ({ place }: Told) => `${place.file}:${place.line}`;
  return `${at(one)} and ${at(other)} tell different values of ${one.name}`;
}

function toldBy(explained: GeneratedFile | undefined): Told[] {
  if (explained?.rerender.kind !== 'identical') return [];
  return explained.unknownArguments.flatMap(({ name, recovered: text, place }) =>
    text === undefined || place === undefined ? [] : [{ name, text, place }],
  );
}

/** Nothing is open in it, so it tells nothing more. */
function isWhole(explained: GeneratedFile | undefined): boolean {
  return explained?.rerender.kind === 'identical' && explained.unknownArguments.length === 0;
}

/** No setter of the sources counts: the conditions of each are known not to hold, or there is none. */
function onlyConfigSets(generator: Recovering, { name, text }: Told): boolean {
  const argument = generator.argument(name);
  if (argument.kind === 'value') {
    const { optional, value } = argument.setter;
    return optional && value.kind === 'text' && argument.text.toString() !== text;
  }
  return generator
    .settersOf(name)
    .filter(({ user }) => !user)
    .every(({ conditions }) => conditions.some((condition) => isKnownOther(generator, condition)));
}

function isKnownOther(generator: Recovering, condition: Setter['conditions'][number]): boolean {
  const argument = generator.argument(condition.name);
  return argument.kind === 'value' && argument.text.toString() !== condition.value;
}

/** The setters that may count are defaults, also those that are calculated from what may be told yet. */
function configMaySet(generator: Recovering, { name, text }: Told): boolean {
  const argument = generator.argument(name);
  if (argument.kind === 'value') return argument.setter.optional && argument.text.toString() !== text;
  return generator
    .settersOf(name)
    .filter(({ conditions }) => !conditions.some((condition) => isKnownOther(generator, condition)))
    .every(({ optional, user }) => optional || user);
}

/** What the package dcos-config tells by the files that it has and those that it lacks. */
function casesOf(host: Host, generator: Recovering): Told[] {
  const template = generator.template('dcos-config.yaml');
  const directory = packageOf(host, 'dcos-config');
  if (template?.kind !== 'template' || directory === undefined) return [];
  const isThere = (path: string) => realPathOf(host, directory + path) !== undefined;
  return toldByPresence(template.chunks, isThere).map(({ name, value, path }) => {
    return { name, text: value, place: { file: directory + path, line: 1, column: 1 } };
  });
}

function packageOf(host: Host, name: string): string | undefined {
  return realPathOf(host, `/opt/mesosphere/active/${name}`);
}

/** The files of the node that its generator may have made. */
function filesOf(host: Host, generator: Recovering): string[] {
  const paths = TEMPLATES.flatMap((name) => {
    const template = generator.template(name);
    if (template?.kind !== 'template') return [];
    const directory = /^(dcos-config|dcos-metadata)\.yaml$/.exec(name)?.[1];
    const inside = directory === undefined ? '' : packageOf(host, directory);
    return inside === undefined ? [] : saidPaths(template.chunks).map((path) => inside + path);
  });
  return paths.filter((path) => realPathOf(host, path) !== undefined).slice(0, MOST_FILES);
}

function realPathOf(host: Host, path: string): string | undefined {
  return ifReadable(() => host.realPath(path));
}
