import { memberOf, parseJson, type JsonNode } from '../../../formats/json/parse-json.ts';
import type { Attribute, Range, Resource, Value } from './agent-info.ts';

/** The text is not what `--resources` or `--attributes` may hold; the agent exits with it. */
export interface MalformedResources {
  readonly kind: 'malformed';
  readonly reason: string;
}

/**
 * Reads `--resources`: `name(role):value;…` or a JSON list of Resource. Source: src/common/resources.cpp and
 * src/common/values.cpp of Mesos 0.28.1.
 */
export function parseResources(text: string, defaultRole: string): Resource[] | MalformedResources {
  return orMalformed(() => {
    if (text.trimStart().startsWith('[')) return fromJson(text, defaultRole);
    return parts(text).map((part) => {
      const pair = part.split(':').filter((piece) => piece !== '');
      const [asked = '', written = ''] = pair.map((piece) => piece.trim());
      if (pair.length !== 2) throw new ResourcesError(`missing or extra ':' in ${part}`);
      const match = /^([^()]*?)\s*(?:\(([^()]*)\))?$/.exec(asked);
      if (match === null) throw new ResourcesError(`mismatched parentheses in ${part}`);
      const value = parseValue(written);
      if (value.type === 'text') throw new ResourcesError(`bad value for '${asked}'`);
      return { name: match[1] ?? '', role: match[2]?.trim() ?? defaultRole, value, more: '' };
    });
  });
}

/** Reads `--attributes`: `name:value;…`. Source: src/common/attributes.cpp of Mesos 0.28.1. */
export function parseAttributes(text: string): Attribute[] | MalformedResources {
  return orMalformed(() =>
    parts(text).map((part) => {
      const colon = part.indexOf(':');
      if (colon === -1) throw new ResourcesError(`no ':' in ${part}`);
      return { name: part.slice(0, colon).trim(), value: parseValue(part.slice(colon + 1).trim()) };
    }),
  );
}

class ResourcesError extends Error {}

function orMalformed<T>(read: () => T): T | MalformedResources {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ResourcesError)) throw error;
    return { kind: 'malformed', reason: error.message };
  }
}

function parts(text: string): string[] {
  return text.split(/[;\n]/).filter((part) => part.trim() !== '');
}

function parseValue(text: string): Value {
  if (text.startsWith('[') && text.endsWith(']')) {
    const ranges = text
      .slice(1, -1)
      .split(/[,\s]+/)
      .filter((part) => part !== '');
    return { type: 'ranges', ranges: ranges.map(parseRange) };
  }
  if (text.startsWith('{') && text.endsWith('}')) {
    return {
      type: 'set',
      items: text
        .slice(1, -1)
        .split(/[,\s]+/)
        .filter((part) => part !== ''),
    };
  }
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? { type: 'text', value: text } : { type: 'scalar', value: number };
}

function parseRange(text: string): Range {
  const match = /^(\d+)-(\d+)$/.exec(text);
  if (match === null) throw new ResourcesError(`'${text}' is no range`);
  return { begin: BigInt(match[1] ?? 0), end: BigInt(match[2] ?? 0) };
}

function fromJson(text: string, defaultRole: string): Resource[] {
  const json = parseJson(text, (offset) => ({ file: '', line: 1, column: offset + 1 }));
  if (json.kind === 'malformed')
    throw new ResourcesError(`${json.reason} (at character ${json.place.column})`);
  if (json.kind !== 'array') throw new ResourcesError('a list of resources should stand here');
  return json.items.map((item) => {
    const name = textOf(memberOf(item, 'name'));
    if (name === undefined) throw new ResourcesError('a resource has no name');
    const more = [
      diskSource(memberOf(memberOf(item, 'disk'), 'source')),
      ...['reservation', 'revocable', 'shared'].filter((member) => memberOf(item, member) !== undefined),
    ];
    return {
      name,
      role: textOf(memberOf(item, 'role')) ?? defaultRole,
      value: valueFromJson(item, name),
      more: more.filter((part) => part !== '').join(', '),
    };
  });
}

function diskSource(source: JsonNode | undefined): string {
  if (source === undefined) return '';
  const root = memberOf(memberOf(source, 'path') ?? memberOf(source, 'mount'), 'root');
  return `${textOf(memberOf(source, 'type')) ?? 'unknown'} disk ${textOf(root) ?? ''}`.trimEnd();
}

function valueFromJson(item: JsonNode, name: string): Value {
  switch (textOf(memberOf(item, 'type'))) {
    case 'SCALAR':
      return { type: 'scalar', value: numberOf(memberOf(memberOf(item, 'scalar'), 'value'), name) };
    case 'RANGES':
      return {
        type: 'ranges',
        ranges: itemsOf(memberOf(memberOf(item, 'ranges'), 'range')).map((range) => ({
          begin: BigInt(Math.trunc(numberOf(memberOf(range, 'begin'), name))),
          end: BigInt(Math.trunc(numberOf(memberOf(range, 'end'), name))),
        })),
      };
    case 'SET':
      return {
        type: 'set',
        items: itemsOf(memberOf(memberOf(item, 'set'), 'item')).flatMap((entry) => textOf(entry) ?? []),
      };
    default:
      throw new ResourcesError(`the resource ${name} has no type that is known`);
  }
}

function textOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

function numberOf(node: JsonNode | undefined, name: string): number {
  if (node?.kind !== 'number' || typeof node.value !== 'number') {
    throw new ResourcesError(`a number is missing in the resource ${name}`);
  }
  return node.value;
}

function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}
