import { resolvePlain } from '../../../../formats/python/natives/yaml/resolve-plain.ts';
import type { DictEntry, PyValue } from '../../../../formats/python/value.ts';
import type { YamlNode } from '../../../../formats/yaml/parse-yaml.ts';
import { TracedText } from '../../../../text/traced-text.ts';

/** What PyYAML makes of a document (YAML 1.1): plain scalars may be numbers, truth values, nothing, or dates. */
export function pyValueOfYaml(node: YamlNode): PyValue {
  switch (node.kind) {
    case 'scalar':
      return node.plain ? plainValue(node.text) : { kind: 'str', text: node.text };
    case 'list':
      return { kind: 'list', cell: { items: node.items.map(pyValueOfYaml) }, hops: [] };
    case 'map':
      return { kind: 'dict', cell: { entries: entriesOf(node.entries) }, hops: [] };
    case 'other':
      return { kind: 'none' };
  }
}

function entriesOf(entries: ReadonlyMap<string, YamlNode>): Map<string, DictEntry> {
  const made = new Map<string, DictEntry>();
  for (const [name, value] of entries) {
    const key: PyValue = {
      kind: 'str',
      text: TracedText.from(name, { kind: 'derived', rule: 'a key of YAML' }),
    };
    made.set(`str ${name}`, { key, value: pyValueOfYaml(value) });
  }
  return made;
}

function plainValue(text: TracedText): PyValue {
  const plain = text.toString();
  const tag = resolvePlain(plain);
  switch (tag) {
    case 'null':
      return { kind: 'none' };
    case 'bool':
      return { kind: 'bool', value: /^(?:y|t|on)/i.test(plain) };
    case 'int':
      return { kind: 'int', value: integer(plain) };
    case 'float':
      return { kind: 'float', value: float(plain) };
    case 'timestamp':
      return {
        kind: 'exception',
        type: plain.length === 10 ? 'datetime.date' : 'datetime.datetime',
        args: [],
      };
    default:
      return { kind: 'str', text };
  }
}

function integer(written: string): bigint {
  const digits = written.replaceAll('_', '').replace(/^[-+]/, '');
  const value = digits.includes(':')
    ? digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n)
    : /^0[0-7]+$/.test(digits)
      ? BigInt(`0o${digits}`)
      : BigInt(digits);
  return written.startsWith('-') ? -value : value;
}

function float(written: string): number {
  const digits = written.replaceAll('_', '').replace(/^[-+]/, '').toLowerCase();
  const sign = written.startsWith('-') ? -1 : 1;
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  return sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
