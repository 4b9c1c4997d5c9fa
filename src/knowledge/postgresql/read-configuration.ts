import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { type Place, showPlace } from '../../text/place.ts';
import type { Configuration, ConfigurationLine } from '../configured-program/configuration.ts';
import { ConfigurationReader } from '../configured-program/configuration-reader.ts';
import { parsePostgresqlConf } from './parse-postgresql-conf.ts';
import type { ServerOptions } from './server-options.ts';

/** The settings of a server, the last of a name counts. */
export interface PostgresqlConfiguration extends Configuration {
  readonly dataDirectory: string | undefined;
  readonly setting: (name: string) => ConfigurationLine | undefined;
}

/**
 * postgresql.conf with what it includes, postgresql.auto.conf of the data directory, then the options of the command, as
 * they overrule each other. Source: src/backend/utils/misc/guc.c and guc-file.l of PostgreSQL 15.
 */
export function readPostgresqlConfiguration(
  host: Host,
  { settings, directory }: ServerOptions,
  command: Place,
): PostgresqlConfiguration {
  const reader = new ConfigurationReader(host);
  const read = (path: string, text: string): void => {
    const { lines, refused } = parsePostgresqlConf(path, text);
    for (const place of refused)
      reader.notExamined.push(`${showPlace(place)}: syntax error; PostgreSQL does not start with it`);
    for (const line of lines) {
      reader.lines.push(line);
      const [word] = line.words;
      if (word !== undefined && line.name.startsWith('include'))
        include(posix.dirname(path), line.name, word.text, word.place);
    }
  };
  /** Paths are relative to the file that includes; of a directory the names that end in `.conf`, in their order. */
  const include = (from: string, kind: string, target: string, place: Place): void => {
    const path = posix.resolve(from, target);
    if (kind === 'include_dir') {
      const names = (ifReadable(() => host.list(path)) ?? []).filter((name) => /^[^.].*\.conf$/.test(name));
      for (const name of names)
        reader.file(`${path}/${name}`, place, (text) => read(`${path}/${name}`, text));
    } else if (
      kind === 'include' ||
      (kind === 'include_if_exists' && ifReadable(() => host.stat(path)) !== undefined)
    ) {
      reader.file(path, place, (text) => read(path, text));
    }
  };
  const given = settings.map(({ name, value }): ConfigurationLine => {
    return { name, words: [{ text: value, place: command }], place: command, within: [] };
  });
  const file = settings.findLast(({ name }) => name === 'config_file')?.value;
  const main = file ?? (directory === undefined ? undefined : `${directory}/postgresql.conf`);
  const namedBy = file === undefined ? { how: 'in the data directory (-D)' } : command;
  if (main === undefined)
    reader.notExamined.push('the configuration of PostgreSQL: neither -D nor config_file says where it is');
  else reader.file(main, namedBy, (text) => read(main, text));
  const setting = (name: string): ConfigurationLine | undefined =>
    given.findLast((line) => line.name === name) ?? reader.lines.findLast((line) => line.name === name);
  const dataDirectory = setting('data_directory')?.words[0]?.text ?? directory;
  const auto = dataDirectory && `${dataDirectory}/postgresql.auto.conf`;
  if (auto !== undefined && ifReadable(() => host.stat(auto)) !== undefined)
    reader.file(auto, { how: 'in the data directory, written by ALTER SYSTEM' }, (text) => read(auto, text));
  reader.lines.push(...given);
  return { ...reader.configuration, dataDirectory, setting };
}
