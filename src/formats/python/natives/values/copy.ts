import { Undecidable } from '../../faults.ts';
import type { NativeCall } from '../../interpreter.ts';
import { checkCount, entriesOf, itemsOf, undecidable } from '../../make.ts';
import { onlyArguments, required, typeName } from '../../native-arguments.ts';
import type { DictEntry, PyDict, PySequence, PySet, PyValue } from '../../value.ts';

const DEEPEST = 100;

/** `copy.copy(value)`. */
export function shallowCopy(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  return copied(required(call, 0), call, (value) => value);
}

/** `copy.deepcopy(value)`: what occurs twice in the value occurs twice in the copy. */
export function deepCopy(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const made = new Map<object, PyValue>();
  const copy = (value: PyValue, depth: number): PyValue => {
    call.interpreter.spend(1);
    if (depth > DEEPEST) return undecidable('nested too deeply for copy.deepcopy', call.at);
    const known = 'cell' in value ? made.get(value.cell) : undefined;
    if (known !== undefined) return known;
    return copied(
      value,
      call,
      (inner) => copy(inner, depth + 1),
      (result) => {
        if ('cell' in value) made.set(value.cell, result);
      },
    );
  };
  return copy(required(call, 0), 0);
}

function copied(
  value: PyValue,
  call: NativeCall,
  part: (inner: PyValue) => PyValue,
  remember: (result: PyValue) => void = () => undefined,
): PyValue {
  switch (value.kind) {
    case 'list':
    case 'tuple': {
      const result: PySequence = { ...value, cell: { items: [] }, hops: [] };
      remember(result);
      for (const item of itemsOf(value, call)) result.cell.items.push(part(item));
      checkCount(result.cell.items.length, call.at);
      return result;
    }
    case 'dict': {
      const result: PyDict = { ...value, cell: { entries: new Map<string, DictEntry>() }, hops: [] };
      remember(result);
      const keys = [...value.cell.entries.keys()];
      for (const [index, entry] of entriesOf(value, call).entries()) {
        result.cell.entries.set(keys[index] ?? '', { ...entry, value: part(entry.value) });
      }
      return result;
    }
    case 'set':
    case 'frozenset': {
      if (value.cell.spoiled !== undefined) throw new Undecidable(value.cell.spoiled);
      const result: PySet = { ...value, cell: { entries: new Map(value.cell.entries) } };
      return result;
    }
    case 'unknown':
      throw new Undecidable(value);
    case 'iterator':
    case 'instance':
    case 'exception':
    case 'file':
      return undecidable(`a copy of ${typeName(value)}`, call.at);
    default:
      return value;
  }
}
