import { instanceOf } from './types.ts';
import type { PyUnknown, PyValue } from './value.ts';

/**
 * Makes the content of every list, dict, set and instance that can be reached from `values` unknown: code that
 * could not be followed may have changed them.
 */
export function spoil(values: Iterable<PyValue>, unknown: PyUnknown): void {
  const pending = [...values];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    const instance = instanceOf(value);
    if (instance !== undefined && instance.spoiled === undefined) {
      for (const attribute of instance.attributes.values()) pending.push(attribute);
      instance.spoiled = unknown;
    }
    switch (value.kind) {
      case 'list':
      case 'tuple':
        if (value.cell.spoiled !== undefined) continue;
        for (const item of value.cell.items) pending.push(item);
        value.cell.spoiled = unknown;
        break;
      case 'dict':
        if (value.cell.spoiled !== undefined) continue;
        for (const entry of value.cell.entries.values()) pending.push(entry.value);
        value.cell.spoiled = unknown;
        break;
      case 'set':
      case 'frozenset':
      case 'iterator':
        value.cell.spoiled ??= unknown;
        break;
      case 'view':
        pending.push(value.dict);
        break;
      case 'method':
        pending.push(value.self);
        break;
      default:
        break;
    }
  }
}
