import type { PyUnknown, PyValue } from './value.ts';

/**
 * Makes the content of every list and dict that can be reached from `values` unknown: code that could not be
 * followed may have changed them.
 */
export function spoil(values: Iterable<PyValue>, unknown: PyUnknown): void {
  const pending = [...values];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (value.kind !== 'list' && value.kind !== 'tuple' && value.kind !== 'dict') continue;
    if (value.cell.spoiled !== undefined) continue;
    if (value.kind === 'dict') {
      for (const entry of value.cell.entries.values()) pending.push(entry.value);
    } else {
      pending.push(...value.cell.items);
    }
    value.cell.spoiled = unknown;
  }
}
