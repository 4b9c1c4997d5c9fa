import { Undecidable } from './faults.ts';
import { decideSpecial } from './instance.ts';
import type { Interpreter } from './interpreter.ts';
import { iterate } from './iterate.ts';
import { carryAll, itemsOf, pyInt, pyList, pyStr, raise, raiseWith, rawItems } from './make.ts';
import { integerOf } from './native-arguments.ts';
import { itemAt } from './natives/container-methods.ts';
import type { Expression } from './nodes.ts';
import type { Scope } from './scope.ts';
import type { ShownAt } from './show.ts';
import { indicesOf, taken } from './slice-indices.ts';
import { typeName } from './types.ts';
import { TracedText } from '../../text/traced-text.ts';
import type { PyValue } from './value.ts';

/** `value[index]` and `value[from:to:step]`. */
export function subscript(node: Expression<'Subscript'>, scope: Scope, interpreter: Interpreter): PyValue {
  const value = interpreter.evaluate(node.value, scope);
  if (value.kind === 'unknown') return value;
  const where: ShownAt = { at: scope.source.span(node), interpreter };
  if (node.slice.nodeType === 'Slice') return sliced(value, node.slice, scope, where);
  const index = interpreter.evaluate(node.slice, scope);
  if (index.kind === 'unknown') return index;
  return itemOf(value, index, where);
}

/** `value[index]` for an index that is no slice. */
export function itemOf(value: PyValue, index: PyValue, where: ShownAt): PyValue {
  const special = decideSpecial(value, '__getitem__', [index]);
  if (special !== undefined) return special;
  switch (value.kind) {
    case 'dict':
      return (
        itemAt(value, index, where) ??
        decideSpecial(value, '__missing__', [index]) ??
        raiseWith('KeyError', [index], where.at)
      );
    case 'list':
    case 'tuple': {
      if (index.kind !== 'int' && index.kind !== 'bool') badIndex(value, index, where);
      const item = rawItems(value).at(integerOf(index, where));
      if (item === undefined) return raise('IndexError', `${value.kind} index out of range`, where.at);
      return carryAll(item, value.hops, where.interpreter);
    }
    case 'str': {
      if (index.kind !== 'int' && index.kind !== 'bool') badIndex(value, index, where);
      const character = characterAt(value.text, integerOf(index, where), where);
      if (character === undefined) return raise('IndexError', 'string index out of range', where.at);
      return pyStr(character, where.at);
    }
    case 'bytes': {
      if (index.kind !== 'int' && index.kind !== 'bool') badIndex(value, index, where);
      const unit = value.text.toString().at(integerOf(index, where));
      return unit === undefined
        ? raise('IndexError', 'index out of range', where.at)
        : pyInt(unit.charCodeAt(0));
    }
    case 'class': {
      const member = index.kind === 'str' ? value.names.get(index.text.toString())?.value : undefined;
      if (value.members === undefined) break;
      return member ?? raiseWith('KeyError', [index], where.at);
    }
    case 'unknown':
      throw new Undecidable(value);
    default:
      break;
  }
  return raise('TypeError', `'${typeName(value)}' object is not subscriptable`, where.at);
}

function badIndex(value: PyValue, index: PyValue, where: ShownAt): never {
  const indices =
    value.kind === 'str'
      ? 'string indices must be integers'
      : `${value.kind} indices must be integers or slices`;
  raise(
    'TypeError',
    `${indices}, not ${value.kind === 'str' ? `'${typeName(index)}'` : typeName(index)}`,
    where.at,
  );
}

function characterAt(text: TracedText, index: number, where: ShownAt): TracedText | undefined {
  const plain = text.toString();
  if (/^[\0-\x7f]*$/.test(plain)) {
    where.interpreter.spend(plain.length >> 8);
    const offset = index < 0 ? plain.length + index : index;
    return offset < 0 || offset >= plain.length ? undefined : text.slice(offset, offset + 1);
  }
  const character = iterate({ kind: 'str', text }, where).at(index);
  return character?.kind === 'str' ? character.text : undefined;
}

function sliced(value: PyValue, slice: Expression<'Slice'>, scope: Scope, where: ShownAt): PyValue {
  if (value.kind === 'str') {
    const offsets = offsetsOf(value.text.toString());
    const indices = indicesOf(slice, offsets.length - 1, scope, where);
    if (indices.step === 1) {
      const { from } = indices;
      const to = Math.max(from, indices.to);
      return pyStr(value.text.slice(offsets[from] ?? 0, offsets[to]), where.at);
    }
    where.interpreter.spend(offsets.length);
    const kept = taken([...offsets.keys()].slice(0, -1), indices);
    const parts = kept.map((index) => value.text.slice(offsets[index] ?? 0, offsets[index + 1]));
    return pyStr(TracedText.concat(parts), where.at);
  }
  if (value.kind === 'bytes') {
    const indices = indicesOf(slice, value.text.length, scope, where);
    const kept = taken([...Array(value.text.length).keys()], indices);
    const parts = kept.map((index) => value.text.slice(index, index + 1));
    return { kind: 'bytes', text: TracedText.concat(parts) };
  }
  if (value.kind === 'list' || value.kind === 'tuple') {
    const indices = indicesOf(slice, rawItems(value).length, scope, where);
    return { ...pyList(taken(itemsOf(value, where), indices), where.at), kind: value.kind };
  }
  return raise('TypeError', `'${typeName(value)}' object is not subscriptable`, where.at);
}

/** The offset of each character (code point), and that behind the last. */
function offsetsOf(text: string): number[] {
  const offsets = [0];
  let offset = 0;
  for (const character of text) {
    offset += character.length;
    offsets.push(offset);
  }
  return offsets;
}
