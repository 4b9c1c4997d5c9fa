import type { ExprNode } from 'py-ast';
import { dictKey } from './compare-values.ts';
import type { Interpreter } from './interpreter.ts';
import { carryAll, itemsOf, pyList, pyStr, raise, rawItems, undecidable } from './make.ts';
import { integerOf, iterate, typeName } from './native-arguments.ts';
import { itemAt } from './natives/container-methods.ts';
import type { Expression } from './nodes.ts';
import type { Scope } from './scope.ts';
import type { ShownAt } from './show.ts';
import type { PyValue } from './value.ts';

/** `value[index]` and `value[from:to]`. */
export function subscript(node: Expression<'Subscript'>, scope: Scope, interpreter: Interpreter): PyValue {
  const value = interpreter.evaluate(node.value, scope);
  if (value.kind === 'unknown') return value;
  const where: ShownAt = { at: scope.source.span(node), interpreter };
  if (node.slice.nodeType === 'Slice') return sliced(value, node.slice, scope, where);
  const index = interpreter.evaluate(node.slice, scope);
  if (index.kind === 'unknown') return index;
  switch (value.kind) {
    case 'dict':
      return itemAt(value, index, where) ?? raise('KeyError', dictKey(index, where), where.at);
    case 'list':
    case 'tuple':
    case 'str': {
      const items = value.kind === 'str' ? iterate(value, where) : rawItems(value);
      const item = items.at(integerOf(index, where));
      if (item === undefined) return raise('IndexError', `${value.kind} index out of range`, where.at);
      return value.kind === 'str' ? item : carryAll(item, value.hops, interpreter);
    }
    default:
      return raise('TypeError', `'${typeName(value)}' object is not subscriptable`, where.at);
  }
}

function sliced(value: PyValue, slice: Expression<'Slice'>, scope: Scope, where: ShownAt): PyValue {
  if (slice.step !== undefined) return undecidable('a slice with a step', where.at);
  const bound = (node: ExprNode | undefined) => {
    if (node === undefined) return undefined;
    const at = where.interpreter.evaluate(node, scope);
    return at.kind === 'none' ? undefined : integerOf(at, where);
  };
  const [from, to] = [bound(slice.lower), bound(slice.upper)];
  if (value.kind === 'str') {
    const characters = Array.from(value.text.toString());
    const before = characters.slice(0, from ?? 0).join('').length;
    const kept = characters.slice(from, to).join('').length;
    return pyStr(value.text.slice(before, before + kept), where.at);
  }
  if (value.kind === 'list' || value.kind === 'tuple') {
    return { ...pyList(itemsOf(value, where).slice(from, to), where.at), kind: value.kind };
  }
  return raise('TypeError', `'${typeName(value)}' object can't be sliced`, where.at);
}
