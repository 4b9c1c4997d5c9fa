import { CouldNotRun } from '../../documents/could-not-run.ts';
import { type Host, HostError } from '../../host/host.ts';
import { nearest } from '../../text/nearest.ts';
import type { FileAddress } from './parse-file-address.ts';
import { shellWord } from '../../text/shell-word.ts';
import { octalMode } from '../../text/octal-mode.ts';

const LARGEST_FILE = 4 * 1024 * 1024;

export interface FileText {
  /** Links followed. */
  readonly target: string;
  /** As in `0644`. */
  readonly mode: string;
  /** Without their line feeds; none where only the whole file is asked for and it is no text. */
  readonly lines: readonly string[];
}

/** The lines of a file. Throws `CouldNotRun` for what is no file, and for a line or column that is not there. */
export function readFileText(host: Host, { path, line, column }: FileAddress): FileText {
  if (host.lstat(path)?.type === 'link' && host.readLink(path) === '/dev/null') {
    throw new CouldNotRun(`${path} is a link to /dev/null, which masks what has this name`, {
      why: 'A trace of a file is of what stands in it.',
      next: `ls -l ${shellWord(path)}`,
    });
  }
  const facts = host.stat(path);
  if (facts === undefined) throw noSuchFile(host, path);
  if (facts.type !== 'file') {
    throw new CouldNotRun(`${path} is ${facts.type === 'directory' ? 'a directory' : 'no regular file'}`, {
      why: 'A trace of a file is of what stands in it.',
      next: `cutover trace ${facts.type === 'directory' ? shellWord(`${path}/FILE`) : 'FILE'}[:LINE[:COLUMN]]`,
    });
  }
  const lines = linesOf(host, path, line !== undefined);
  if (line !== undefined) refuseOutside(path, lines, line, column);
  return {
    target: host.realPath(path) ?? path,
    mode: octalMode(facts.mode),
    lines,
  };
}

function linesOf(host: Host, path: string, isNeeded: boolean): readonly string[] {
  try {
    const bytes = host.readFile(path, LARGEST_FILE);
    if (!bytes.includes(0)) return splitLines(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    if (isNeeded)
      throw new CouldNotRun(`${path} is not a text file`, { next: `cutover trace ${shellWord(path)}` });
  } catch (error) {
    if (!(error instanceof HostError) || isNeeded || error.reason === 'denied') throw error;
  }
  return [];
}

/** What stands behind the last line feed is a line only when it isn't empty. */
function splitLines(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function refuseOutside(
  path: string,
  lines: readonly string[],
  line: number,
  column: number | undefined,
): void {
  const text = lines[line - 1];
  if (text === undefined) {
    const range = lines.length === 0 ? 'is empty' : `has lines 1 to ${lines.length}`;
    throw new CouldNotRun(`${path} has no line ${line}`, { why: `The file ${range}.` });
  }
  // The line feed is a character, too.
  if (column !== undefined && (column < 1 || column > text.length + 1)) {
    throw new CouldNotRun(`${path}:${line} has no column ${column}`, {
      why: `The line has columns 1 to ${text.length + 1}, its end included.`,
    });
  }
}

function noSuchFile(host: Host, path: string): CouldNotRun {
  const directory = path.slice(0, path.lastIndexOf('/'));
  const name = path.slice(directory.length + 1);
  const near = nearestName(name, host.list(directory === '' ? '/' : directory) ?? []);
  const where = host.kind === 'live' ? 'this machine' : 'this root';
  return new CouldNotRun(
    `There is no file ${path} on ${where}${near === undefined ? '' : `; did you mean ${directory}/${near}?`}`,
    { next: 'cutover trace SERVICE    lists the settings of a service and the files they come from' },
  );
}

/** Near without what follows the last dot, too: that would make every short name look alike. */
function nearestName(name: string, names: readonly string[]): string | undefined {
  const stem = (one: string): string => one.replace(/(?<=.)\.\w+$/, '');
  const near = nearest(name, names);
  return near === undefined || nearest(stem(name), [stem(near)]) === undefined ? undefined : near;
}
