import type { DynamicSymbol, DynamicSymbols } from '../../../formats/elf/dynamic-symbols.ts';

/** The size of a module record on 64-bit machines: eight words. */
export const RECORD_SIZE = 64;

/** The symbols of a library that can be module records; what else is an object of 64 bytes is among them. */
export function moduleCandidates(symbols: DynamicSymbols): readonly DynamicSymbol[] {
  return symbols.defined.filter(
    ({ type, size, bind, name }) =>
      type === 'object' && size === RECORD_SIZE && bind !== 'local' && !name.startsWith('_Z'),
  );
}
