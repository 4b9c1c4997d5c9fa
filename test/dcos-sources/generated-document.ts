import type { DictEntry, PyValue } from '../../src/formats/python/value.ts';
import { pythonDict } from './python-value.ts';

/**
 * What `generate` of gen/__init__.py leaves of a template's merged document: cloud-config.yaml's `root` has become
 * `write_files`, and dcos-config.yaml has no files with values that are told later (from 1.9 on).
 */
export function generatedDocument(template: string, document: PyValue, hasLate: boolean): PyValue {
  if (document.kind !== 'dict') return document;
  const entries = [...document.cell.entries.values()];
  if (template === 'cloud-config.yaml') {
    const root = valueOf(entries, 'root') ?? { kind: 'list', cell: { items: [] }, hops: [] };
    return pythonDict([...named(entries).filter(([name]) => name !== 'root'), ['write_files', root]]);
  }
  const files = valueOf(entries, 'package');
  if (template !== 'dcos-config.yaml' || files?.kind !== 'list') return document;
  const items = hasLate ? files.cell.items.filter((file) => !isLate(file)) : files.cell.items;
  return pythonDict([['package', { kind: 'list', cell: { items: [...items] }, hops: [] }]]);
}

function isLate(file: PyValue): boolean {
  const content = file.kind === 'dict' ? valueOf([...file.cell.entries.values()], 'content') : undefined;
  return (
    content?.kind === 'str' &&
    /LATE_BIND_PLACEHOLDER_START_|_LATE_BIND_PLACEHOLDER_END/.test(content.text.toString())
  );
}

function named(entries: readonly DictEntry[]): [string, PyValue][] {
  return entries.map(({ key, value }) => [key.kind === 'str' ? key.text.toString() : '', value]);
}

function valueOf(entries: readonly DictEntry[], name: string): PyValue | undefined {
  return named(entries).find(([key]) => key === name)?.[1];
}
