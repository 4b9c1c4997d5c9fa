import type { Host } from '../../host/host.ts';

/** A file, a line of it, or one character. */
export interface FileAddress {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Reads `FILE[:LINE[:COLUMN]]`; a file that has such an end in its name is that file. A relative path begins at
 * `directory`; one that leads into the root from outside is taken as seen inside.
 */
export function parseFileAddress(
  host: Host,
  asked: string,
  { directory, root }: { readonly directory: string; readonly root?: string },
): FileAddress {
  const inside = (path: string): string => insideOf(host, path, directory, root);
  const readings = [0, 1, 2].flatMap((numbers) => {
    const reading = read(asked, numbers);
    return reading === undefined ? [] : [{ ...reading, path: inside(reading.path) }];
  });
  const isThere = ({ path }: FileAddress): boolean => host.lstat(path) !== undefined;
  return readings.find(isThere) ?? readings.at(-1) ?? { path: inside(asked) };
}

/** The address with so many numbers at its end. */
function read(asked: string, numbers: number): FileAddress | undefined {
  if (numbers === 0) return { path: asked };
  const match = (numbers === 1 ? /^(.+?):(\d+):?$/ : /^(.+?):(\d+):(\d+):?$/).exec(asked);
  if (match === null) return undefined;
  const [, path = '', line, column] = match;
  return { path, line: Number(line), ...(numbers === 1 ? {} : { column: Number(column) }) };
}

function insideOf(host: Host, path: string, directory: string, root: string | undefined): string {
  const absolute = normal(path.startsWith('/') ? path : `${directory}/${path}`);
  if (root === undefined || !absolute.startsWith(`${root}/`) || host.lstat(absolute) !== undefined)
    return absolute;
  return absolute.slice(root.length);
}

/** Without `.` and doubled slashes; `..` stays for the host, which knows the links. */
function normal(path: string): string {
  return `/${path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}`;
}
