import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import type { Configuration } from '../configured-program/configuration.ts';
import { ConfigurationReader } from '../configured-program/configuration-reader.ts';
import { parameter } from './parameter.ts';
import { parseRsyslogConf } from './parse-rsyslog-conf.ts';

/** rsyslog.conf with what it includes, where it is included. Source: rsyslog.conf(5). */
export function readRsyslogConfiguration(host: Host, file: string, namedBy: string): Configuration {
  const reader = new ConfigurationReader(host);
  const read = (path: string, text: string): void => {
    for (const line of parseRsyslogConf(path, text)) {
      const included = line.name === 'include' ? parameter(line, 'file') : undefined;
      const pattern = line.name === '$includeconfig' ? line.words[0] : included;
      if (pattern === undefined) {
        reader.lines.push(line);
        continue;
      }
      // A directory stands for all files in it.
      const all = pattern.text.endsWith('/') ? `${pattern.text}*` : pattern.text;
      reader.files(posix.resolve('/', all), pattern.place, read);
    }
  };
  reader.file(file, { how: namedBy }, (text) => read(file, text));
  return reader.configuration;
}
