import { assign, assignAttribute, assignItem } from './assign.ts';
import { attributeOf } from './attribute.ts';
import { decideSpecial, isNotImplemented } from './instance.ts';
import { inBranch } from './in-branch.ts';
import type { Interpreter } from './interpreter.ts';
import { iterate } from './iterate.ts';
import { checkCount, rawItems } from './make.ts';
import type { Statement } from './nodes.ts';
import { binary } from './operators.ts';
import type { Scope } from './scope.ts';
import { rawMembers } from './set-members.ts';
import type { ShownAt } from './show.ts';
import { itemOf } from './subscript.ts';
import type { PyValue } from './value.ts';

type Operator = Statement<'AugAssign'>['op']['nodeType'];

/** `target += value` and its like: lists and sets are changed in place, so other names of them see it too. */
export function augmentedAssign(node: Statement<'AugAssign'>, scope: Scope, interpreter: Interpreter): void {
  const where = { at: scope.source.span(node), interpreter };
  const { target } = node;
  const op = node.op.nodeType;
  const added = () => inBranch(interpreter.evaluate(node.value, scope), node, scope, interpreter);
  // What the target is in and its index are evaluated once.
  if (target.nodeType === 'Subscript' && target.slice.nodeType !== 'Slice') {
    const container = interpreter.evaluate(target.value, scope);
    const index = interpreter.evaluate(target.slice, scope);
    const old = itemOf(container, index, where);
    assignItem(container, index, changed(op, old, added(), where), where);
  } else if (target.nodeType === 'Attribute') {
    const container = interpreter.evaluate(target.value, scope);
    const old = attributeOf(container, target.attr, where.at, interpreter);
    const value = changed(op, old, added(), where);
    assignAttribute(container, target.attr, value, where);
  } else {
    const old = interpreter.evaluate(target, scope);
    const value = changed(op, old, added(), where);
    assign(target, value, scope, interpreter);
  }
}

const IN_PLACE: Partial<Record<Operator, string>> = {
  Add: '__iadd__',
  Sub: '__isub__',
  Mult: '__imul__',
  BitOr: '__ior__',
  BitAnd: '__iand__',
};

function changed(op: Operator, old: PyValue, value: PyValue, where: ShownAt): PyValue {
  const special = decideSpecial(old, IN_PLACE[op] ?? '', [value]);
  if (special !== undefined && !isNotImplemented(special)) return special;
  if (old.kind === 'list' && op === 'Add') {
    const items = rawItems(old);
    const added = iterate(value, where);
    checkCount(items.length + added.length, where.at);
    for (const item of added) items.push(item);
    return old;
  }
  const result = binary(op, old, value, where);
  if (old.kind === 'list' && op === 'Mult' && result.kind === 'list') {
    old.cell.items = rawItems(result);
    return old;
  }
  if (
    old.kind === 'set' &&
    value.kind !== 'unknown' &&
    (result.kind === 'set' || result.kind === 'frozenset')
  ) {
    const members = rawMembers(old);
    const kept = rawMembers(result);
    members.clear();
    for (const [key, member] of kept) members.set(key, member);
    return old;
  }
  return result;
}
