import type { ArchiveTree } from './archive-tree.ts';
import { MalformedArchive } from './malformed-archive.ts';

const MAX_FOLLOWED = 40;

/**
 * Throws `MalformedArchive` for a link that leads out of the tree through other links: each of them may be harmless
 * alone (`a/up -> ..` and `out -> a/up/..`).
 */
export function refuseLinksOutward(tree: ArchiveTree): void {
  for (const [path, node] of tree) {
    if (node.type !== 'link') continue;
    const why = whyNot(tree, path);
    if (why === undefined) continue;
    throw new MalformedArchive(
      `the link ${JSON.stringify(path)} leads ${why}: ${JSON.stringify(node.target)}`,
      'If you trust it, unpack it yourself, look at what it makes, and name the directory: replacement: directory:',
    );
  }
}

function whyNot(tree: ArchiveTree, path: string): string | undefined {
  const pending = path.split('/').reverse();
  const at: string[] = [];
  let followed = 0;
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (at.pop() === undefined) return 'out of the archive through other links';
      continue;
    }
    const node = tree.get([...at, part].join('/'));
    if (node?.type !== 'link') {
      at.push(part);
      continue;
    }
    followed += 1;
    if (followed > MAX_FOLLOWED) return 'in a circle';
    pending.push(...node.target.split('/').reverse());
  }
  return undefined;
}
