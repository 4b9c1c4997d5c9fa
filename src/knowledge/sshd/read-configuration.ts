import { posix } from 'node:path';
import type { Host } from '../../host/host.ts';
import { type Place, showPlace } from '../../text/place.ts';
import { placesIn } from '../../text/places-in.ts';
import type {
  Configuration,
  ConfigurationLine,
  ConfigurationWord,
} from '../configured-program/configuration.ts';
import { ConfigurationReader } from '../configured-program/configuration-reader.ts';
import type { Option } from '../configured-program/options-in.ts';

/** How the server is started. */
export interface SshdCommand {
  readonly file: string;
  /** What names the file, for people. */
  readonly namedBy: string;
  /** What `Include` is relative to. */
  readonly directory: string;
  readonly options: readonly Option[];
  readonly place: Place;
}

/**
 * sshd_config with what it includes, behind the options of the command line: of most keywords the first one counts. A line
 * in a `Match` block has it around it; a block ends with the file that it begins in. Source: sshd_config(5); servconf.c of
 * OpenSSH 9.2.
 */
export function readSshdConfiguration(
  host: Host,
  { file, namedBy, directory, options, place }: SshdCommand,
): Configuration {
  const reader = new ConfigurationReader(host);
  for (const { letter, value } of options) {
    const line = optionLine(letter, value);
    if (line !== undefined) reader.lines.push(lineOf(line, () => place, []));
  }
  const read = (path: string, text: string, around: readonly ConfigurationLine[]): void => {
    const placeAt = placesIn(path, text);
    let within = around;
    let at = 0;
    for (const raw of text.split('\n')) {
      const start = at;
      at += raw.length + 1;
      const words = wordsOf(raw);
      if (words === undefined) {
        reader.notExamined.push(
          `${showPlace(placeAt(start))}: quotes that do not end; sshd refuses the file`,
        );
        return;
      }
      if (words.length === 0) continue;
      const line = lineOf(words, (offset) => placeAt(start + offset), within);
      if (line.name === 'match') within = [...around, line];
      if (line.name === 'include') {
        for (const { text: pattern, place: by } of line.words)
          reader.files(posix.resolve(directory, pattern), by, (one, inner) => read(one, inner, within));
      } else reader.lines.push(line);
    }
  };
  reader.file(file, { how: namedBy }, (text) => read(file, text, []));
  return reader.configuration;
}

interface RawWord {
  readonly text: string;
  readonly offset: number;
}

/** Words, some of them in quotes; a `=` may stand behind the keyword; undefined where quotes do not end. */
function wordsOf(line: string): RawWord[] | undefined {
  const words: RawWord[] = [];
  const token = /[ \t\r]*(?:(#.*)|"([^"]*)"|(")|([^ \t\r"]+))/y;
  for (let match = token.exec(line); match !== null; match = token.exec(line)) {
    const [whole, comment, quoted, open, bare] = match;
    if (open !== undefined) return undefined;
    if (comment !== undefined) break;
    const text = quoted ?? bare ?? '';
    const offset = match.index + whole.length - whole.trimStart().length;
    words.push({ text, offset });
  }
  const [keyword, second, ...rest] = words;
  if (keyword === undefined) return [];
  const equals = keyword.text.indexOf('=');
  if (equals > 0) {
    const value = { text: keyword.text.slice(equals + 1), offset: keyword.offset + equals + 1 };
    const key = { ...keyword, text: keyword.text.slice(0, equals) };
    return [key, ...(value.text === '' ? [] : [value]), ...(second === undefined ? [] : [second]), ...rest];
  }
  if (second?.text === '=') return [keyword, ...rest];
  if (second?.text.startsWith('=') === true)
    return [keyword, { text: second.text.slice(1), offset: second.offset + 1 }, ...rest];
  return words;
}

function lineOf(
  [keyword, ...words]: readonly RawWord[],
  placeAt: (offset: number) => Place,
  within: readonly ConfigurationLine[],
): ConfigurationLine {
  const word = ({ text, offset }: RawWord): ConfigurationWord => ({ text, place: placeAt(offset) });
  return {
    name: keyword?.text.toLowerCase() ?? '',
    words: words.map(word),
    place: placeAt(keyword?.offset ?? 0),
    within,
  };
}

/** What an option says in words of the file. */
function optionLine(letter: string, value: string): RawWord[] | undefined {
  const keyword = {
    p: 'Port',
    h: 'HostKey',
    c: 'HostCertificate',
    '4': 'AddressFamily',
    '6': 'AddressFamily',
  }[letter];
  if (letter === 'o') return wordsOf(value);
  if (keyword === undefined) return undefined;
  const text = letter === '4' ? 'inet' : letter === '6' ? 'inet6' : value;
  return [
    { text: keyword, offset: 0 },
    { text, offset: 0 },
  ];
}
