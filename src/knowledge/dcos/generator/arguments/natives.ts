import type { NativeCall, NativeFunction } from '../../../../formats/python/interpreter.ts';
import { NONE, pyDict } from '../../../../formats/python/make.ts';
import { optional, required } from '../../../../formats/python/native-arguments.ts';
import type { PyValue } from '../../../../formats/python/value.ts';
import type { TracedText } from '../../../../text/traced-text.ts';
import { hashCheckout } from './hash-checkout.ts';

const LATE = 'gen.internals.Late';

/** What the sources call of pkgpanda and of the generator itself, and need not be evaluated for. */
export const GENERATOR_NATIVES: Readonly<Record<string, NativeFunction>> = {
  'gen.internals.Source': source,
  [LATE]: late,
  'logging.debug': silent,
  'logging.info': silent,
  'logging.warning': silent,
  'logging.error': silent,
  'pkgpanda.build.hash_checkout': hashCheckout,
  'pkgpanda.util.hash_checkout': hashCheckout,
};

/** `Source(entry)`: nothing of it but its entry is looked at. */
function source(call: NativeCall): PyValue {
  return optional(call, 0, 'entry') ?? pyDict();
}

function late(call: NativeCall): PyValue {
  return { kind: 'exception', type: LATE, args: [required(call, 0, 'expression')] };
}

/** The expression of a value that `Late(expression)` made. */
export function lateExpression(value: PyValue): TracedText | undefined {
  if (value.kind !== 'exception' || value.type !== LATE) return undefined;
  const [expression] = value.args;
  return expression?.kind === 'str' ? expression.text : undefined;
}

function silent(): PyValue {
  return NONE;
}
