import type { ExprNode } from 'py-ast';
import { replaceSlice } from './assign.ts';
import { dictKey } from './compare-values.ts';
import { Undecidable } from './faults.ts';
import { attributesOf, decideSpecial } from './instance.ts';
import type { Interpreter } from './interpreter.ts';
import { raise, raiseWith, rawEntries, rawItems, undecidable } from './make.ts';
import { integerOf } from './native-arguments.ts';
import { type Scope, scopeOfTarget } from './scope.ts';
import type { ShownAt } from './show.ts';
import { instanceOf, typeName } from './types.ts';
import type { PyValue } from './value.ts';

/** `del target`. */
export function deleteTarget(target: ExprNode, scope: Scope, interpreter: Interpreter): void {
  const where = { at: scope.source.span(target), interpreter };
  switch (target.nodeType) {
    case 'Name':
      if (!scopeOfTarget(scope, target.id).names.delete(target.id)) {
        raise('NameError', `name '${target.id}' is not defined`, where.at);
      }
      return;
    case 'Tuple':
    case 'List':
      for (const inner of target.elts) deleteTarget(inner, scope, interpreter);
      return;
    case 'Subscript': {
      const container = interpreter.evaluate(target.value, scope);
      if (target.slice.nodeType !== 'Slice') {
        deleteItem(container, interpreter.evaluate(target.slice, scope), where);
      } else if (container.kind === 'list') replaceSlice(container, target.slice, [], scope, where);
      else undecidable(`del of a slice of ${typeName(container)} isn't evaluated`, where.at);
      return;
    }
    case 'Attribute':
      deleteAttribute(interpreter.evaluate(target.value, scope), target.attr, where);
      return;
    default:
      undecidable(`del of ${target.nodeType} isn't evaluated`, where.at);
  }
}

function deleteItem(container: PyValue, index: PyValue, where: ShownAt): void {
  if (container.kind === 'unknown') throw new Undecidable(container);
  if (decideSpecial(container, '__delitem__', [index]) !== undefined) return;
  if (container.kind === 'dict') {
    if (!rawEntries(container).delete(dictKey(index, where))) raiseWith('KeyError', [index], where.at);
    return;
  }
  if (container.kind !== 'list') {
    raise('TypeError', `'${typeName(container)}' object doesn't support item deletion`, where.at);
  }
  const items = rawItems(container);
  const position = integerOf(index, where);
  const offset = position < 0 ? items.length + position : position;
  if (items[offset] === undefined) raise('IndexError', 'list assignment index out of range', where.at);
  items.splice(offset, 1);
}

export function deleteAttribute(container: PyValue, name: string, { at }: ShownAt): void {
  if (container.kind === 'unknown') throw new Undecidable(container);
  const instance = instanceOf(container);
  const names = instance === undefined ? undefined : attributesOf(instance);
  if (names === undefined) undecidable(`del of an attribute of ${typeName(container)} isn't evaluated`, at);
  if (!names.delete(name)) {
    raise('AttributeError', `'${typeName(container)}' object has no attribute '${name}'`, at);
  }
}
