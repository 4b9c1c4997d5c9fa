/**
 * The qualified name in a mangled C++ function or variable, its parameters left out:
 * `_ZN7process10subprocessERKSs…` → `process::subprocess(…)`. Any other symbol comes back as it is.
 * Source: Itanium C++ ABI, section 5.1 (`<nested-name>` and `<source-name>` without templates or substitutions).
 */
export function shortName(symbol: string): string {
  const match = /^_Z(TV|TI|TS)?(N[VK]*)?((?:\d+[A-Za-z_].*)?)$/s.exec(symbol);
  if (match === null) return symbol;
  const [, table, nested, rest = ''] = match;
  const { names, after } = sourceNames(rest, nested === undefined ? 1 : MOST_NAMES);
  const last = names.at(-1);
  if (last === undefined) return symbol;
  if (table !== undefined)
    return nested === undefined || after.startsWith('E') ? `${TABLES[table]} ${names.join('::')}` : symbol;
  if (nested === undefined) return after === '' ? last : `${last}(…)`;
  const special = /^[CD]\d/.exec(after)?.[0];
  if (special !== undefined) return `${names.join('::')}::${special.startsWith('D') ? '~' : ''}${last}(…)`;
  if (!after.startsWith('E')) return symbol;
  return `${names.join('::')}${after === 'E' ? '' : '(…)'}`;
}

const MOST_NAMES = 64;
const TABLES: Record<string, string> = { TV: 'virtual table of', TI: 'type of', TS: 'type name of' };

/** Leading `<length><name>` pairs. */
function sourceNames(text: string, most: number): { names: string[]; after: string } {
  const names: string[] = [];
  let after = text;
  while (names.length < most) {
    const digits = /^\d{1,4}/.exec(after)?.[0];
    if (digits === undefined) break;
    const end = digits.length + Number(digits);
    if (end > after.length) break;
    names.push(after.slice(digits.length, end));
    after = after.slice(end);
  }
  return { names, after };
}
