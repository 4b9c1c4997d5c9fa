import { CouldNotRun } from '../../../../documents/could-not-run.ts';
import { firstAlias, type YamlAlias } from '../../../../formats/yaml/aliases.ts';
import { type MappingKey, mappingKeys } from '../../../../formats/yaml/mapping-keys.ts';
import { parseYaml, type YamlNode } from '../../../../formats/yaml/parse-yaml.ts';
import { type Host, HostError } from '../../../../host/host.ts';
import { excerptOf } from '../../../../text/excerpt.ts';
import { type Place, showPlace } from '../../../../text/place.ts';
import { placesIn } from '../../../../text/places-in.ts';
import { starSecrets } from '../../../../text/secrets.ts';
import { TracedText } from '../../../../text/traced-text.ts';

const LARGEST_CONFIG = 1024 * 1024;
const NEXT = 'give the config.yaml that the generator was run with, or leave --config out';

/** What an operator wrote for the generator. */
export interface Config {
  readonly file: string;
  readonly root: YamlNode & { readonly kind: 'map' };
  /** Where each key stands; of a key that is there twice, the one that counts. */
  readonly keys: ReadonlyMap<string, Place>;
  /** What is odd about it, though the generator takes it. */
  readonly notes: readonly string[];
}

/**
 * Reads a config.yaml. Throws `CouldNotRun`, with the place and its line, for what the generator could not have
 * read either: no file, no YAML, no mapping, keys that are no names.
 */
export function readConfig(host: Host, file: string): Config {
  return parseConfig(file, readText(host, file));
}

/** Likewise, of its text. */
export function parseConfig(file: string, text: string): Config {
  const placeAt = placesIn(file, text);
  const refuse = (offset: number, what: string): never => {
    const place = placeAt(offset);
    throw new CouldNotRun(`${what}\n${excerptOf(starSecrets(text), place)}`, { place, next: NEXT });
  };
  const parsed = parseYaml(TracedText.literal(text, { file, line: 1, column: 1 }));
  if (parsed.kind === 'fault') {
    return refuse(
      parsed.offset,
      `this is no YAML: ${withoutSecret(parsed.message, text, placeAt(parsed.offset))}`,
    );
  }
  const { root } = parsed;
  if (root.kind !== 'map') {
    const start = Math.max(text.search(/^(?!---|%|#)\s*\S/m), 0);
    return refuse(start, 'a config is a mapping of names to values, and this is none');
  }
  const keys = mappingKeys(text);
  const odd = keys.find((key) => whyNoName(key) !== undefined);
  if (odd !== undefined) refuse(odd.offset, whyNoName(odd) ?? '');
  const alias = firstAlias(text);
  if (alias !== undefined) refuse(alias.offset, whyNoAlias(alias));
  return {
    file,
    root,
    keys: new Map(keys.map(({ name = '', offset }) => [name, placeAt(offset)])),
    notes: duplicates(keys, placeAt),
  };
}

/** Some messages end with what stands there. */
function withoutSecret(message: string, text: string, { line }: Place): string {
  const isShown = starSecrets(text).split('\n')[line - 1] === text.split('\n')[line - 1];
  return isShown ? message : message.replace(/: .*$/s, '');
}

function readText(host: Host, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(host.readFile(file, LARGEST_CONFIG));
  } catch (error) {
    if (error instanceof HostError) {
      throw new CouldNotRun(`--config: ${error.message}`, { next: NEXT });
    }
    if (error instanceof TypeError) throw new CouldNotRun(`--config: ${file} is not UTF-8`, { next: NEXT });
    throw error;
  }
}

function whyNoAlias({ name, isKnown }: YamlAlias): string {
  return isKnown
    ? `aliases are not followed: write the value of &${name} out`
    : `no value before it is called &${name}, so *${name} stands for nothing: quote a text that begins with *`;
}

/** By YAML 1.1 as PyYAML reads it, a word without quotes may be something else than a text. */
function whyNoName({ name, plain }: MappingKey): string | undefined {
  if (name === undefined) return 'a key is a name, not a list or mapping';
  if (name === '<<' && plain) return 'merge keys are not followed: write the values out';
  if (!plain) return undefined;
  if (/^[-+]?[\d.][\d_.:eEx+-]*$/.test(name)) return `the key ${name} is a number: arguments have names`;
  if (/^(?:yes|no|true|false|on|off)$/i.test(name))
    return `the key ${name} is a truth value: arguments have names`;
  return /^(?:~|null)?$/i.test(name) ? 'a key is missing here: arguments have names' : undefined;
}

function duplicates(keys: readonly MappingKey[], placeAt: (offset: number) => Place): string[] {
  return keys.flatMap(({ name, offset }, index) => {
    const later = keys.findLast((other, otherIndex) => otherIndex > index && other.name === name);
    if (later === undefined) return [];
    return [
      `${showPlace(placeAt(offset))}: ${name} is set again in line ${placeAt(later.offset).line}, which counts`,
    ];
  });
}
