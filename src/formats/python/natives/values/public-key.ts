import { createPublicKey } from 'node:crypto';
import type { NativeCall } from '../../interpreter.ts';
import { NONE, derivedStr, raise } from '../../make.ts';
import { onlyArguments, required, typeName } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

const LONGEST_KEY = 20_000;

/** `_cryptography.public_key_type(bytes)`: `rsa`, `ec`, … for a public key in PEM's form, `None` for anything else. */
export function publicKeyType(call: NativeCall): PyValue {
  onlyArguments(call, 1);
  const pem = required(call, 0);
  if (pem.kind !== 'bytes')
    return raise('TypeError', `from_buffer() cannot return ${typeName(pem)}`, call.at);
  call.interpreter.spend(1000 + pem.text.length);
  const text = pem.text.toString();
  if (text.length > LONGEST_KEY || !/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(text)) return NONE;
  try {
    const type = createPublicKey(text).asymmetricKeyType;
    return type === undefined ? NONE : derivedStr(type, call.at);
  } catch {
    return NONE;
  }
}
