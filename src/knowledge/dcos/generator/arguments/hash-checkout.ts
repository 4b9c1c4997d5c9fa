import { createHash } from 'node:crypto';
import type { NativeCall } from '../../../../formats/python/interpreter.ts';
import { derivedStr, rawEntries, rawItems, undecidable } from '../../../../formats/python/make.ts';
import { required, textOf } from '../../../../formats/python/native-arguments.ts';
import type { PyValue } from '../../../../formats/python/value.ts';

const DEEPEST = 50;

/** `hash_checkout` of pkgpanda (pkgpanda/build/__init__.py at 1.7): SHA-1 over the sorted hashes of the items. */
export function hashCheckout(call: NativeCall): PyValue {
  return derivedStr(hash(required(call, 0), call, 0), call.at);
}

function hash(value: PyValue, call: NativeCall, depth: number): string {
  call.interpreter.spend(1);
  if (depth > DEEPEST) undecidable('nested too deeply for hash_checkout', call.at);
  switch (value.kind) {
    case 'int':
      return sha1(String(value.value));
    case 'list': {
      const items = rawItems(value).map((item) => textOf(item, call).toString());
      return sha1(sorted(items).map(sha1).join(','));
    }
    case 'dict': {
      const entries = new Map(
        Array.from(rawEntries(value).values(), (entry) => [
          textOf(entry.key, call).toString(),
          hash(entry.value, call, depth + 1),
        ]),
      );
      return sha1(
        sorted([...entries.keys()])
          .map((key) => `${key}=${entries.get(key)}`)
          .join(','),
      );
    }
    default:
      return sha1(textOf(value, call).toString());
  }
}

/** By code points, as Python sorts. */
function sorted(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
