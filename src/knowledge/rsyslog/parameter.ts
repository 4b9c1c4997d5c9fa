import type { ConfigurationLine, ConfigurationWord } from '../configured-program/configuration.ts';

/** The value of a parameter of an object, `target` of `action(target="…")`; cases are not told apart. */
export function parameter({ words }: ConfigurationLine, name: string): ConfigurationWord | undefined {
  for (const { text, place } of words) {
    const equals = text.indexOf('=');
    if (text.slice(0, equals).toLowerCase() !== name.toLowerCase()) continue;
    return { text: text.slice(equals + 1), place };
  }
  return undefined;
}
