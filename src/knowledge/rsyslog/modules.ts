import type { Configuration, ConfigurationLine } from '../configured-program/configuration.ts';
import type { AskedPlugin } from '../configured-program/plugin.ts';
import { parameter } from './parameter.ts';

/**
 * The modules that `module(load=…)` and `$ModLoad` ask for, from `directory` or where `$ModDir` says. Those that are
 * built in, and those that modules load themselves, are left out. Source: doLoadModule() in runtime/modules.c.
 */
export function modulesOf({ lines }: Configuration, directory: string): AskedPlugin[] {
  let searched = directory;
  return lines.flatMap((line): AskedPlugin[] => {
    if (line.name === '$moddir') searched = line.words[0]?.text ?? searched;
    const asked = nameIn(line);
    if (asked === undefined || asked.text.startsWith('builtin:')) return [];
    const { text, place } = asked;
    const file = text.endsWith('.so') ? text : `${text}.so`;
    return [
      {
        name: text.replace(/^.*\//, '').replace(/\.so$/, ''),
        file: file.startsWith('/') ? file : `${searched.replace(/\/$/, '')}/${file}`,
        place,
        directive: line.name === 'module' ? 'module(load=)' : '$ModLoad',
        severity: 'warning',
        consequence: 'rsyslogd then goes on without it.',
      },
    ];
  });
}

function nameIn(line: ConfigurationLine) {
  if (line.name === '$modload') return line.words[0];
  return line.name === 'module' ? parameter(line, 'load') : undefined;
}
