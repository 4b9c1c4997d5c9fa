import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import { placesIn } from '../../text/places-in.ts';
import { type Place, showPlace } from '../../text/place.ts';
import type { Configuration } from '../configured-program/configuration.ts';
import { ConfigurationReader } from '../configured-program/configuration-reader.ts';
import { splitArguments } from './split-arguments.ts';

/** How the server is started. */
export interface RedisCommand {
  readonly args: readonly string[];
  readonly directory: string;
  readonly place: Place;
}

/**
 * redis.conf with what it includes, then the options of the command line, which are read after it. An include may be a
 * pattern (Redis 7). Source: main() in src/server.c and loadServerConfig() in src/config.c.
 */
export function readRedisConfiguration(host: Host, { args, directory, place }: RedisCommand): Configuration {
  const reader = new ConfigurationReader(host);
  const [first] = args;
  const file = first === undefined || first.startsWith('-') ? undefined : posix.resolve(directory, first);
  const read = (path: string, text: string): void => {
    const placeAt = placesIn(path, text);
    let at = 0;
    for (const line of text.split('\n')) {
      const start = at;
      at += line.length + 1;
      if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
      const words = splitArguments(line, (offset) => placeAt(start + offset));
      const [name, ...rest] = words ?? [];
      if (name === undefined) {
        const where = showPlace(placeAt(start));
        reader.notExamined.push(`${where}: unbalanced quotes in configuration line; Redis stops there`);
        return;
      }
      const key = name.text.toLowerCase();
      reader.lines.push({ name: key, words: rest, place: name.place, within: [] });
      if (key === 'include')
        for (const { text: pattern, place: by } of rest)
          reader.files(posix.resolve(directory, pattern), by, read);
    }
  };
  if (file !== undefined) reader.file(file, place, (text) => read(file, text));
  for (const { name, words } of optionsIn(file === undefined ? args : args.slice(1))) {
    reader.lines.push({ name, words: words.map((text) => ({ text, place })), place, within: [] });
  }
  return reader.configuration;
}

/** `--port 7000 --loadmodule lamp.so oil`: each option takes the words up to the next one. */
function optionsIn(args: readonly string[]): { name: string; words: string[] }[] {
  const options: { name: string; words: string[] }[] = [];
  for (const word of args) {
    if (word.startsWith('--')) options.push({ name: word.slice(2).toLowerCase(), words: [] });
    else options.at(-1)?.words.push(word);
  }
  return options;
}
