import { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall } from '../../interpreter.ts';
import { checkLength, raise, undecidable } from '../../make.ts';
import { onlyArguments, required, typeName } from '../../native-arguments.ts';
import type { PyValue } from '../../value.ts';

/** `base64.b64encode(bytes)`. */
export function encodeBase64(call: NativeCall): PyValue {
  const bytes = bytesGiven(call);
  checkLength(bytes.length * 2, call.at);
  return derivedBytes(bytes.toString('base64'), call);
}

/** `base64.b64decode(text)`, of well-formed Base64. */
export function decodeBase64(call: NativeCall): PyValue {
  const text = bytesGiven(call).toString('latin1');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    undecidable('Base64 with other characters in it, or of another length', call.at);
  }
  return derivedBytes(Buffer.from(text, 'base64').toString('latin1'), call);
}

function bytesGiven(call: NativeCall): Buffer {
  onlyArguments(call, 1);
  const value = required(call, 0);
  if (value.kind !== 'bytes' && value.kind !== 'str') {
    return raise('TypeError', `a bytes-like object is required, not '${typeName(value)}'`, call.at);
  }
  call.interpreter.spend(value.text.length >> 6);
  return Buffer.from(value.text.toString(), 'latin1');
}

function derivedBytes(text: string, call: NativeCall): PyValue {
  const { at } = call;
  return { kind: 'bytes', text: TracedText.from(text, { kind: 'derived', rule: at.text, place: at.place }) };
}
