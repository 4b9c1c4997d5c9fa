import { TracedText } from '../../text/traced-text.ts';
import { formatValue } from './format-spec.ts';
import type { Interpreter } from './interpreter.ts';
import { pyStr, undecidable } from './make.ts';
import type { Expression } from './nodes.ts';
import { derived, shownText } from './shown-text.ts';
import type { Scope } from './scope.ts';
import { represent, type ShownAt } from './show.ts';
import type { PyStr, PyValue } from './value.ts';

/** An f-string: what stands in it, and each field as `format(value, spec)` has it. */
export function formattedString(
  node: Expression<'JoinedStr'>,
  scope: Scope,
  interpreter: Interpreter,
): PyStr {
  const at = scope.source.span(node);
  const parts: TracedText[] = [];
  for (const part of node.values) {
    if (part.nodeType === 'Constant' && typeof part.value === 'string') {
      // A part's own place isn't exact in every parser: that of the whole has to do.
      const place = scope.source.place(node);
      parts.push(TracedText.from(part.value, { kind: 'literal', place, verbatim: false }));
    } else if (part.nodeType === 'FormattedValue') {
      parts.push(field(part, scope, interpreter));
    } else undecidable(`${part.nodeType} in an f-string isn't evaluated`, at);
  }
  return pyStr(TracedText.concat(parts), at);
}

function field(node: Expression<'FormattedValue'>, scope: Scope, interpreter: Interpreter): TracedText {
  const where = { at: scope.source.span(node.value), interpreter };
  const value = converted(interpreter.evaluate(node.value, scope), node.conversion, where);
  if (node.format_spec === undefined) return formatValue(value, '', where);
  const spec = interpreter.evaluate(node.format_spec, scope);
  if (spec.kind !== 'str') return undecidable('the format of a field', where.at);
  return formatValue(value, spec.text.toString(), where);
}

/** `!r`, `!s` and `!a`, by the codes of their letters. */
function converted(value: PyValue, conversion: number, where: ShownAt): PyValue {
  switch (String.fromCharCode(Math.max(0, conversion))) {
    case 'r':
      return pyStr(derived(represent(value, where), where), where.at);
    case 's':
      return pyStr(shownText(value, where), where.at);
    case 'a':
      return undecidable("!a isn't evaluated", where.at);
    default:
      return value;
  }
}
