import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import { DEFAULT_PATH } from '../../service/find-program.ts';
import { commandPrograms } from '../configured-program/command-programs.ts';
import type { ConfigurationLine } from '../configured-program/configuration.ts';
import type { Touch } from '../configured-program/configured-program.ts';
import { touch } from '../configured-program/touch.ts';

/** Settings whose value the server gives to a shell. Source: the chapters on archiving and SSL of PostgreSQL's documentation. */
export const COMMANDS = [
  'archive_command',
  'restore_command',
  'archive_cleanup_command',
  'recovery_end_command',
  'ssl_passphrase_command',
];

/** The programs that a command starts and the paths in it; of a path with `%f`, `%p` and the like the directory. `%%` is a percent sign. */
export function commandTouches(
  host: Host,
  line: ConfigurationLine,
  environment: ReadonlyMap<string, string>,
): Touch[] {
  const command = line.words[0]?.text ?? '';
  const programs = new Set(
    commandPrograms(host, command, environment, DEFAULT_PATH).map(({ name, path }) => path ?? name),
  );
  const paths = [...command.matchAll(/(?<=^|[\s='"<>|;&(])\/[^\s'"<>|;&()`]+/g)].map(([path]) => path);
  const files = new Set(paths.filter((path) => !/[$*?]/.test(path) && !path.startsWith('/dev/')));
  return [
    ...[...programs].map((path) => touch(line, 'program', path, 'starts')),
    ...[...files]
      .filter((path) => !programs.has(path))
      .map((path) => {
        const fixed = /^((?:[^%]|%%)*)%[^%]/.exec(path)?.[1];
        return fixed === undefined
          ? touch(line, 'file', posix.normalize(path.replaceAll('%%', '%')))
          : touch(line, 'directory', posix.dirname(`${fixed.replaceAll('%%', '%')}x`));
      }),
  ];
}
