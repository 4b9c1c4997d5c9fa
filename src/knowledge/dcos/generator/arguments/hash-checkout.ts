import { createHash } from 'node:crypto';
import type { NativeCall } from '../../../../formats/python/interpreter.ts';
import { derivedStr, rawEntries, rawItems, undecidable } from '../../../../formats/python/make.ts';
import { required, textOf } from '../../../../formats/python/native-arguments.ts';
import type { PyValue } from '../../../../formats/python/value.ts';

const DEEPEST = 50;

/** What can be hashed: a number counts as its digits, a set as a list. */
export type Hashable =
  | string
  | { readonly items: readonly Hashable[] }
  | { readonly entries: ReadonlyMap<string, Hashable> };

/**
 * `hash_checkout` of pkgpanda (pkgpanda/build/__init__.py at 1.7, pkgpanda/util.py from 1.9): SHA-1 of a text, and
 * of the hashes of the sorted items of a list or dict.
 */
export function hashOf(value: Hashable): string {
  if (typeof value === 'string') return sha1(value);
  if ('items' in value) return sha1([...value.items].sort(compare).map(hashOf).join(','));
  const keys = [...value.entries.keys()].sort(compare);
  return sha1(keys.map((key) => `${key}=${hashOf(value.entries.get(key) ?? '')}`).join(','));
}

/** The same as a function that the evaluated sources call. */
export function hashCheckout(call: NativeCall): PyValue {
  return derivedStr(hashOf(hashable(required(call, 0), call, 0)), call.at);
}

function hashable(value: PyValue, call: NativeCall, depth: number): Hashable {
  call.interpreter.spend(1);
  if (depth > DEEPEST) undecidable('nested too deeply for hash_checkout', call.at);
  switch (value.kind) {
    case 'int':
      return String(value.value);
    case 'list':
      return { items: rawItems(value).map((item) => hashable(item, call, depth + 1)) };
    case 'dict': {
      const entries = Array.from(rawEntries(value).values(), (entry) => {
        return [textOf(entry.key, call).toString(), hashable(entry.value, call, depth + 1)] as const;
      });
      return { entries: new Map(entries) };
    }
    default:
      return textOf(value, call).toString();
  }
}

/** By code points, and lists by their first items that differ, as Python sorts. */
function compare(a: Hashable, b: Hashable): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === 'string' || typeof b === 'string' || !('items' in a) || !('items' in b)) return 0;
  for (const [index, item] of a.items.entries()) {
    const other = b.items[index];
    if (other === undefined) return 1;
    const order = compare(item, other);
    if (order !== 0) return order;
  }
  return a.items.length - b.items.length;
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
