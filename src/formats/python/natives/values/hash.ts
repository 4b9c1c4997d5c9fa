import { createHash } from 'node:crypto';
import type { NativeCall } from '../../interpreter.ts';
import { derivedStr, raise, undecidable } from '../../make.ts';
import { onlyArguments, required, textOf, typeName } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

const KNOWN: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']);

/** `_hashlib.hexdigest(name, bytes)`. */
export function hexDigest(call: NativeCall): PyValue {
  onlyArguments(call, 2);
  const name = textOf(required(call, 0), call).toString();
  const bytes = required(call, 1);
  if (!KNOWN.has(name)) undecidable(`the digest ${name}`, call.at);
  if (bytes.kind !== 'bytes') {
    return bytes.kind === 'str'
      ? raise('TypeError', 'Strings must be encoded before hashing', call.at)
      : raise('TypeError', `object supporting the buffer API required, not ${typeName(bytes)}`, call.at);
  }
  call.interpreter.spend(bytes.text.length >> 6);
  const digest = createHash(name).update(Buffer.from(bytes.text.toString(), 'latin1')).digest('hex');
  return derivedStr(digest, call.at);
}
