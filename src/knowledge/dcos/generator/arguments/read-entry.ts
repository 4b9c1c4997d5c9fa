import { parameterNames } from '../../../../formats/python/call.ts';
import type { DictEntry, PyDict, PyValue } from '../../../../formats/python/value.ts';
import type { Condition, Setter, SetterValue } from './setter.ts';

const DEEPEST = 20;

/**
 * The setters of an `entry` of the generator: `must` and `default` map arguments to values, `conditional` maps an
 * argument and its value to an entry that counts under that condition (gen/__init__.py at 1.7, generate).
 */
export function readEntry(entry: PyValue, conditions: readonly Condition[] = []): Setter[] {
  if (conditions.length > DEEPEST) return [];
  const setters: Setter[] = [];
  for (const [kind, optional] of [
    ['must', false],
    ['default', true],
  ] as const) {
    for (const [name, { value, written }] of textEntries(member(entry, kind))) {
      setters.push({ name, value: setterValue(value), optional, user: false, conditions, written });
    }
  }
  for (const [name, options] of textEntries(member(entry, 'conditional'))) {
    for (const [value, inner] of textEntries(options.value)) {
      setters.push(...readEntry(inner.value, [...conditions, { name, value }]));
    }
  }
  return setters;
}

function setterValue(value: PyValue): SetterValue {
  switch (value.kind) {
    case 'str':
      return { kind: 'text', text: value.text };
    case 'function':
      return { kind: 'function', callee: value, parameters: parameterNames(value) };
    case 'unknown':
      return { kind: 'unknown', reason: value.reason };
    default:
      return { kind: 'unknown', reason: `a ${value.kind} is no value for an argument` };
  }
}

function member(value: PyValue, name: string): PyValue | undefined {
  return textEntries(value).find(([key]) => key === name)?.[1].value;
}

function textEntries(value: PyValue | undefined): [string, DictEntry][] {
  if (value?.kind !== 'dict') return [];
  return [...entriesOf(value)].flatMap((entry) =>
    entry.key.kind === 'str' ? [[entry.key.text.toString(), entry] satisfies [string, DictEntry]] : [],
  );
}

/** The entries themselves, without the way that this reference to the dict came by. */
function entriesOf(dict: PyDict): Iterable<DictEntry> {
  return dict.cell.spoiled === undefined ? dict.cell.entries.values() : [];
}
