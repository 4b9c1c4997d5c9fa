import { HostError } from '../host.ts';
import type { AttributesByPath } from '../machine.ts';
import { runCommand } from './run-command.ts';

/** Long: files are read meanwhile, and its end is heard late. */
const LIMIT_MS = 60 * 60 * 1000;
const PATHS_AT_ONCE = 500;

/**
 * Every extended attribute at `paths` and, with `below`, in the trees under them; links are looked at
 * themselves. ACLs and capabilities are attributes too (`system.posix_acl_access`, `security.capability`).
 * undefined where `getfattr` (Debian: attr) is not installed.
 */
export async function readAttributes(
  paths: readonly string[],
  below: boolean,
): Promise<AttributesByPath | undefined> {
  const flags = ['--dump', '--no-dereference', '--absolute-names', '--match=-', '--encoding=hex'];
  if (below) flags.push('--recursive', '--physical');
  const all = new Map<string, Readonly<Record<string, string>>>();
  for (let from = 0; from < paths.length; from += PATHS_AT_ONCE) {
    const some = paths.slice(from, from + PATHS_AT_ONCE);
    const { status, stdout, stderr } = await runCommand('getfattr', [...flags, '--', ...some], LIMIT_MS);
    if (status === undefined && stderr.includes('ENOENT')) return undefined;
    if (status !== 0) throw new HostError(some[0] ?? '', 'io', stderr === '' ? 'getfattr failed' : stderr);
    for (const [path, attributes] of parseAttributes(stdout)) all.set(path, attributes);
  }
  return all;
}

/** Reads the output of `getfattr --dump --encoding=hex`: blocks of `# file: PATH` and `NAME=0xVALUE` lines. */
export function parseAttributes(dump: string): AttributesByPath {
  const byPath = new Map<string, Readonly<Record<string, string>>>();
  for (const block of dump.split('\n\n')) {
    const [head, ...lines] = block.split('\n').filter((line) => line !== '');
    if (head === undefined || !head.startsWith('# file: ')) continue;
    const pairs = lines.map((line): [string, string] => {
      const equals = line.lastIndexOf('=');
      return equals === -1 ? [unescape(line), ''] : [unescape(line.slice(0, equals)), line.slice(equals + 1)];
    });
    pairs.sort(([a], [b]) => (a < b ? -1 : 1));
    byPath.set(unescape(head.slice('# file: '.length)), Object.fromEntries(pairs));
  }
  return byPath;
}

/** getfattr writes bytes that would break its lines as a backslash and three octal digits. */
function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes: Buffer[] = [];
  let from = 0;
  for (const match of text.matchAll(/\\([0-7]{3})/g)) {
    bytes.push(Buffer.from(text.slice(from, match.index)));
    bytes.push(Buffer.from([Number.parseInt(match[1] ?? '', 8)]));
    from = match.index + match[0].length;
  }
  bytes.push(Buffer.from(text.slice(from)));
  return Buffer.concat(bytes).toString('utf8');
}
