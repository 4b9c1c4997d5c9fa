import type { TarEntry } from '../tar/read-tar.ts';
import { MalformedArchive } from './malformed-archive.ts';

/** What stands at a path of an archive. Paths are relative to its top, which is `.`. */
export type ArchiveNode =
  | { readonly type: 'directory'; readonly mode: number; readonly mtime: number; readonly names: Set<string> }
  | {
      readonly type: 'file';
      readonly mode: number;
      readonly mtime: number;
      readonly content: Uint8Array;
      /** The first of the names of one file. */
      readonly firstName: string;
    }
  | { readonly type: 'link'; readonly mtime: number; readonly target: string };

export type ArchiveTree = ReadonlyMap<string, ArchiveNode>;

const MAX_NAME = 255;
const MAX_PATH = 4000;
const DIRECTORY_MODE = 0o755;
const UNPACK =
  'If you trust it, unpack it yourself, look at what it makes, and name the directory: replacement: directory:';

/**
 * Adds the entries of an archive to a tree of those before it. Throws `MalformedArchive`, with `UNPACK` as the way on,
 * for every entry that could reach anything outside a directory into which it is unpacked, that means one thing to one
 * program and another to the next, or that a store of programs can't hold.
 */
export function addToTree(tree: Map<string, ArchiveNode>, entries: readonly TarEntry[]): void {
  if (tree.size === 0) tree.set('.', { type: 'directory', mode: DIRECTORY_MODE, mtime: 0, names: new Set() });
  const own = new Set<string>();
  for (const entry of entries) {
    const path = pathOf(entry);
    const shown = JSON.stringify(path);
    if (path === '.' && entry.type !== 'directory') refuse('its top is no directory');
    const before = tree.get(path);
    if (before !== undefined && !(before.type === 'directory' && entry.type === 'directory'))
      refuse(own.has(path) ? `it has ${shown} twice` : `${shown} is in another of the archives as well`);
    own.add(path);
    const node = nodeOf(entry, path, tree);
    if (path !== '.') enter(tree, path, own);
    if (before?.type === 'directory' && node.type === 'directory')
      tree.set(path, { ...node, names: before.names });
    else tree.set(path, node);
  }
}

function nodeOf(entry: TarEntry, path: string, tree: ReadonlyMap<string, ArchiveNode>): ArchiveNode {
  const { type, mtime } = entry;
  const shown = JSON.stringify(path);
  if (type === 'character-device' || type === 'block-device') refuse(`${shown} is a device`);
  if (type === 'pipe') refuse(`${shown} is a pipe`);
  const mode = entry.mode & 0o777;
  if (type === 'link') return { type, mtime, target: targetOf(entry, path) };
  const special = specialBits(entry);
  if (special !== undefined) refuse(`${shown} is ${special}`);
  if (entry.attributes.some((name) => name === 'security.capability')) refuse(`${shown} has capabilities`);
  if (type === 'directory') return { type, mode, mtime, names: new Set() };
  if (type === 'file') return { type, mode, mtime, content: entry.content, firstName: path };
  const to = innerPath(textOf(entry.linkName, `the hard link ${shown}`), `the hard link ${shown} leads to`);
  const target = tree.get(to);
  if (target?.type === 'file') return target;
  return refuse(
    `the hard link ${shown} leads to ${JSON.stringify(to)}, which is no file that came before it`,
  );
}

function specialBits({ type, mode }: TarEntry): string | undefined {
  if (type === 'directory') return undefined; // there it only says which group new files get
  if ((mode & 0o4000) !== 0) return 'set-user-ID';
  return (mode & 0o2000) !== 0 ? 'set-group-ID' : undefined;
}

/** Makes the directories above a path, where the archive has no entries for them. */
function enter(tree: Map<string, ArchiveNode>, path: string, own: Set<string>): void {
  const cut = path.lastIndexOf('/');
  const above = cut === -1 ? '.' : path.slice(0, cut);
  let node = tree.get(above);
  if (node === undefined) {
    node = { type: 'directory', mode: DIRECTORY_MODE, mtime: 0, names: new Set() };
    own.add(above);
    enter(tree, above, own);
    tree.set(above, node);
  }
  if (node.type === 'link')
    refuse(`${JSON.stringify(path)} would be written through the link ${JSON.stringify(above)}`);
  if (node.type === 'file')
    refuse(`${JSON.stringify(path)} lies below ${JSON.stringify(above)}, which is a file`);
  if (node.type === 'directory') node.names.add(path.slice(cut + 1));
}

function pathOf({ name }: TarEntry): string {
  return innerPath(textOf(name, 'the name'), 'it has the path');
}

/** A path without `.` and empty parts; refused where it leads, or might lead, out of the archive. */
function innerPath(written: string, what: string): string {
  const shown = `${what} ${JSON.stringify(written)}`;
  if (written === '') refuse('it has an entry without a name');
  if (written.startsWith('/')) refuse(`${shown}, which is absolute`);
  const parts = written.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) refuse(`${shown}, which leads upwards`);
  if (written.length > MAX_PATH || parts.some((part) => Buffer.byteLength(part) > MAX_NAME))
    refuse(`${what} ${JSON.stringify(written.slice(0, 40))}…, which is too long`);
  return parts.length === 0 ? '.' : parts.join('/');
}

function targetOf({ linkName }: TarEntry, path: string): string {
  const what = `the link ${JSON.stringify(path)}`;
  const target = textOf(linkName, what);
  const shown = `${what} leads to ${JSON.stringify(target)}`;
  if (target === '') refuse(`${what} leads nowhere`);
  if (target.startsWith('/')) refuse(`${shown}, which is absolute: unpacked, it means this machine's file`);
  let depth = path.split('/').length - 1;
  for (const part of target.split('/')) {
    depth += part === '..' ? -1 : part === '' || part === '.' ? 0 : 1;
    if (depth < 0) refuse(`${shown}, which is outside the archive`);
  }
  return target;
}

function textOf(bytes: Uint8Array, what: string): string {
  const text = Buffer.from(bytes).toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) refuse(`${what} ${JSON.stringify(text)} is not UTF-8`);
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text))
    refuse(`${what} ${JSON.stringify(text)} has a control character in it`);
  return text;
}

function refuse(what: string): never {
  throw new MalformedArchive(what, UNPACK);
}
