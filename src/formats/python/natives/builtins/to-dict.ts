import { dictKey } from '../../compare-values.ts';
import type { NativeCall } from '../../interpreter.ts';
import { NONE, derivedStr, entriesOf, pyDict, raise } from '../../make.ts';
import { iterate, onlyArguments, optional, required } from '../../native-arguments.ts';
import type { DictEntry, PyValue } from '../../value.ts';

/** `dict(…)`: of a dict, of pairs, of keyword arguments. */
export function toDict(call: NativeCall): PyValue {
  return pyDict(entriesFrom(call));
}

/** `dict.fromkeys(iterable, value)`. */
export function dictOfKeys(call: NativeCall): PyValue {
  onlyArguments(call, 2);
  const value = optional(call, 1) ?? NONE;
  const keys = iterate(required(call, 0), call);
  return pyDict(keys.map((key) => [dictKey(key, call), { key, value }]));
}

/** The entries that `dict(…)` makes and `dict.update(…)` adds, by the texts that their keys are found by. */
export function entriesFrom(call: NativeCall): Map<string, DictEntry> {
  onlyArguments({ ...call, keywords: new Map() }, 1);
  const entries = new Map<string, DictEntry>();
  const source = optional(call, 0);
  if (source?.kind === 'dict') {
    for (const entry of entriesOf(source, call)) entries.set(dictKey(entry.key, call), entry);
  } else if (source !== undefined) {
    for (const [index, pair] of iterate(source, call).entries()) {
      const [key, value] = pairOf(pair, index, call);
      entries.set(dictKey(key, call), { key, value });
    }
  }
  for (const [name, value] of call.keywords) {
    const key = derivedStr(name, call.at);
    entries.set(dictKey(key, call), { key, value });
  }
  call.interpreter.spend(entries.size);
  return entries;
}

function pairOf(pair: PyValue, index: number, call: NativeCall): [PyValue, PyValue] {
  const items = iterate(pair, call);
  const [key, value] = items;
  if (key !== undefined && value !== undefined && items.length === 2) return [key, value];
  const message = `dictionary update sequence element #${index} has length ${items.length}; 2 is required`;
  return raise('ValueError', message, call.at);
}
