import { Undecidable } from './faults.ts';
import { decideSpecial } from './instance.ts';
import { raise, rawEntries, rawItems } from './make.ts';
import { rawMembers } from './set-members.ts';
import type { ShownAt } from './show.ts';
import { typeName } from './types.ts';
import type { PyValue } from './value.ts';

/** What `len()` says. */
export function lengthOf(value: PyValue, { at }: Pick<ShownAt, 'at'>): number {
  const special = decideSpecial(value, '__len__');
  if (special?.kind === 'int') return Number(special.value);
  switch (value.kind) {
    case 'str':
      return charactersIn(value.text.toString());
    case 'bytes':
      return value.text.length;
    case 'list':
    case 'tuple':
      return rawItems(value).length;
    case 'dict':
      return rawEntries(value).size;
    case 'view':
      return rawEntries(value.dict).size;
    case 'set':
    case 'frozenset':
      return rawMembers(value).size;
    case 'class':
      if (value.members !== undefined) return value.members.length;
      break;
    case 'unknown':
      throw new Undecidable(value);
    default:
      break;
  }
  return raise('TypeError', `object of type '${typeName(value)}' has no len()`, at);
}

function charactersIn(text: string): number {
  const pairs = text.match(/[\ud800-\udbff][\udc00-\udfff]/g);
  return text.length - (pairs?.length ?? 0);
}
