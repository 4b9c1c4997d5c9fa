import { chmodSync, linkSync, lutimesSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import type { ArchiveNode, ArchiveTree } from '../../formats/archive/archive-tree.ts';

/**
 * Writes a tree to a directory that must not exist yet. Every file is new, and none is written through a link: a tree has
 * no path below one. Nothing is synced.
 */
export function layTree(tree: ArchiveTree, to: string): void {
  const directories: (readonly [path: string, node: Extract<ArchiveNode, { type: 'directory' }>])[] = [];
  const pending = ['.'];
  for (let path = pending.shift(); path !== undefined; path = pending.shift()) {
    const node = tree.get(path);
    const at = path === '.' ? to : `${to}/${path}`;
    if (node?.type === 'directory') {
      mkdirSync(at, { mode: 0o755 });
      directories.push([at, node]);
      for (const name of node.names) pending.push(path === '.' ? name : `${path}/${name}`);
    } else if (node?.type === 'link') {
      symlinkSync(node.target, at);
      lutimesSync(at, node.mtime, node.mtime);
    }
  }
  for (const [path, node] of tree) if (node.type === 'file') layFile(node, path, to);
  // Only now: a file that is made in a directory changes its time.
  for (const [at, { mtime, mode }] of directories.reverse()) {
    chmodSync(at, mode);
    utimesSync(at, mtime, mtime);
  }
}

/** Names come in the order of the archive, so the first of several names is there already. */
function layFile(node: Extract<ArchiveNode, { type: 'file' }>, path: string, to: string): void {
  const at = `${to}/${path}`;
  if (node.firstName !== path) {
    linkSync(`${to}/${node.firstName}`, at);
    return;
  }
  writeFileSync(at, node.content, { flag: 'wx' });
  chmodSync(at, node.mode); // the mode of a new file is cut by the umask
  utimesSync(at, node.mtime, node.mtime);
}
