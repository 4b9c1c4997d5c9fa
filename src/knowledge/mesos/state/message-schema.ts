import { isAtLeast, type MesosVersion } from '../mesos-version.ts';
import { CHECKPOINT_SCHEMA } from '../tables/checkpoint-schema.ts';

/** A field of a message: required or not in a release, and what stands in it. */
export interface SchemaField {
  readonly number: number;
  readonly name: string;
  readonly isRepeated: boolean;
  /** The message or enum in it; undefined for plain values. */
  readonly type: string | undefined;
  isKnownTo(version: MesosVersion): boolean;
  isRequiredBy(version: MesosVersion): boolean;
}

/** The listed fields of a message, by its name without `mesos.`; undefined when it needs nothing. */
export function fieldsOf(message: string): readonly SchemaField[] | undefined {
  return schema().messages.get(message);
}

/** Whether a value of an enum is known to a release; one that is not is dropped when it is read. */
export function isEnumValue(type: string, value: bigint, version: MesosVersion): boolean {
  const since = schema().enums.get(type)?.get(value);
  return since !== undefined && isAtLeast(version, since);
}

export function isEnum(type: string): boolean {
  return schema().enums.has(type);
}

interface Schema {
  readonly messages: ReadonlyMap<string, readonly SchemaField[]>;
  readonly enums: ReadonlyMap<string, ReadonlyMap<bigint, string>>;
}

let parsed: Schema | undefined;

function schema(): Schema {
  parsed ??= parse(CHECKPOINT_SCHEMA);
  return parsed;
}

function parse(text: string): Schema {
  const messages = new Map<string, readonly SchemaField[]>();
  const enums = new Map<string, ReadonlyMap<bigint, string>>();
  for (const line of text.split('\n')) {
    const [, kind, name = '', rest = ''] = /^(enum )?(\S+) = (.*)$/.exec(line) ?? [];
    if (name === '') continue;
    const words = rest.split(' ');
    if (kind === undefined) messages.set(name, words.map(fieldOf));
    else enums.set(name, new Map(words.flatMap(enumValues)));
  }
  return { messages, enums };
}

const FIELD = /^(\d+)([!?*])([a-z_]+)(?::([A-Za-z.]+))?(?:(>=|<)([\d.]+))?$/;

function fieldOf(word: string): SchemaField {
  const [, number, mark, name = '', type, order, release = '0.0.0'] = FIELD.exec(word) ?? [];
  return {
    number: Number(number),
    name,
    isRepeated: mark === '*',
    type,
    isKnownTo: (version) => order !== '>=' || isAtLeast(version, release),
    isRequiredBy: (version) => mark === '!' && (order !== '<' || !isAtLeast(version, release)),
  };
}

function enumValues(word: string): [bigint, string][] {
  const [values = '', since = '0.0.0'] = word.split('>=');
  return values.split(',').map((value) => [BigInt(value), since]);
}
