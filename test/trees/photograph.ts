import { execFileSync } from 'node:child_process';

const MOST = 256 * 1024 * 1024;
const FACTS = ['%P', '%y', '%m', '%U:%G', '%T@', '%l', '%n', '%s', '%b', '%D:%i'];

/**
 * Everything about what stands below a directory, as find(1), sha256sum(1) and getfattr(1) tell it: a text for each of
 * its trees, by the name they have in the second place of a path. The engine has no part in it. `restoresTime` says of which directories the time counts.
 */
export function photograph(
  directory: string,
  restoresTime: (path: string) => boolean,
): ReadonlyMap<string, string> {
  const found = run('find', [directory, '-mindepth', '1', '-printf', `${FACTS.join('|')}\\0`]);
  const files = run('find', [directory, '-type', 'f', '-printf', '%P\\0']);
  const sums = files === '' ? '' : run('xargs', ['-0', 'sha256sum', '--zero', '--'], files, directory);
  const dump = run('getfattr', ['-R', '-P', '-h', '-d', '-m', '-', '-e', 'hex', '--', '.'], '', directory);
  const texts = new Map<string, string[]>();
  const keep = (path: string, text: string): void => {
    const [, name = ''] = path.split('/', 2);
    texts.set(name, [...(texts.get(name) ?? []), text]);
  };
  const firstOf = new Map<string, string>();
  for (const line of parts(found, '\0').sort()) {
    const [path = '', type = '', mode, owner, time, target, links, size, blocks, identity = ''] =
      line.split('|');
    if (type !== 'f') {
      const counts = type === 'd' && !restoresTime(path) ? '' : time;
      keep(path, [path, type, mode, owner, counts, target, links].join(' '));
      continue;
    }
    const first = firstOf.get(identity) ?? path;
    firstOf.set(identity, first);
    const hole = Number(blocks) * 512 < Number(size) ? 'with a hole' : '';
    keep(path, [path, type, mode, owner, time, links, size, hole, `one with ${first}`].join(' '));
  }
  for (const sum of parts(sums, '\0')) keep(sum.slice('  '.length + 64), sum);
  for (const block of parts(dump, '\n\n')) keep(/^# file: (?:\.\/)?(.*)/.exec(block)?.[1] ?? '', block);
  return new Map([...texts].map(([name, list]) => [name, list.sort().join('\n')]));
}

function parts(text: string, separator: string): string[] {
  return text.split(separator).filter((part) => part !== '');
}

function run(command: string, words: readonly string[], input = '', cwd = '/'): string {
  return execFileSync(command, words, { encoding: 'utf8', input, cwd, maxBuffer: MOST });
}
