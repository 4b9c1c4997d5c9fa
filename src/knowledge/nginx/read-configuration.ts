import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import type { Place } from '../../text/place.ts';
import { showPlace } from '../../text/place.ts';
import type { Configuration, ConfigurationLine } from '../configured-program/configuration.ts';
import { ConfigurationReader } from '../configured-program/configuration-reader.ts';
import type { NginxPaths } from './nginx-paths.ts';
import { type NginxDirective, parseNginxConf } from './parse-nginx-conf.ts';

/** nginx.conf and all that it includes; a file that is included twice is read twice. `command` is where nginx is started. */
export function readNginxConfiguration(
  host: Host,
  { file, namedBy, global }: NginxPaths,
  command: Place,
): Configuration {
  const reader = new ConfigurationReader(host);
  const directory = posix.dirname(file);
  const read = (path: string, text: string, within: readonly ConfigurationLine[]): void => {
    const { directives, fault } = parseNginxConf(path, text);
    add(directives, within);
    if (fault !== undefined)
      reader.notExamined.push(`${showPlace(fault.place)}: ${fault.reason}; what follows in it was not read`);
  };
  const add = (directives: readonly NginxDirective[], within: readonly ConfigurationLine[]): void => {
    for (const { name, words, place, block } of directives) {
      const [first] = words;
      if (name === 'include' && first !== undefined) {
        reader.files(posix.resolve(directory, first.text), place, (path, text) => read(path, text, within));
        continue;
      }
      const line = { name, words, place, within };
      reader.lines.push(line);
      add(block, [...within, line]);
    }
  };
  for (const { name, words, block } of parseNginxConf('-g', global).directives) {
    const line = {
      name,
      words: words.map(({ text }) => ({ text, place: command })),
      place: command,
      within: [],
    };
    reader.lines.push(line);
    add(block, [line]);
  }
  reader.file(file, { how: namedBy }, (text) => read(file, text, []));
  return reader.configuration;
}
