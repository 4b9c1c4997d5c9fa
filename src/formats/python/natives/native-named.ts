import { CLASS_BUILTINS } from '../class-builtins.ts';
import type { NativeFunction } from '../interpreter.ts';
import type { PyModule, PyNative } from '../value.ts';
import { BUILTINS } from './builtins.ts';
import { LIBRARY_FUNCTIONS } from './libraries.ts';

/** Names of older Pythons. */
const ALIASES: Readonly<Record<string, string>> = { EnvironmentError: 'OSError', IOError: 'OSError' };

/** The native function of that qualified name, or the module that such functions are in. */
export function nativeNamed(
  name: string,
  additional: Readonly<Record<string, NativeFunction>>,
): PyNative | PyModule | undefined {
  const alias = Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
  if (alias !== undefined) return nativeNamed(alias, additional);
  const tables = [additional, CLASS_BUILTINS, BUILTINS, LIBRARY_FUNCTIONS];
  for (const table of tables) {
    const call = Object.hasOwn(table, name) ? table[name] : undefined;
    if (call !== undefined) return { kind: 'native', name, call };
  }
  const isModule = tables.some((table) => Object.keys(table).some((key) => key.startsWith(`${name}.`)));
  return isModule ? { kind: 'module', name } : undefined;
}
