import type { Difference } from '../documents/outcome.ts';
import type { Entry } from '../journal/entry.ts';
import { inTree } from './read-entries.ts';
import { octalMode } from '../text/octal-mode.ts';

export interface CompareOptions {
  /** Put before relative paths in the answer. */
  readonly root?: string;
  /** A directory's time tells that something was written in it once; beside a restored file that is no difference. */
  readonly directoryTimes: boolean;
}

/** Every respect in which entries differ from what is expected, by path. */
export function entryDifferences(
  expected: readonly Entry[],
  found: readonly Entry[],
  options: CompareOptions,
): Difference[] {
  const foundByPath = new Map(found.map((entry) => [entry.path, entry]));
  const expectedPaths = new Set(expected.map((entry) => entry.path));
  const pairs = [
    ...expected.map((entry) => [entry, foundByPath.get(entry.path) ?? absent(entry.path)] as const),
    ...found
      .filter((entry) => !expectedPaths.has(entry.path))
      .map((entry) => [absent(entry.path), entry] as const),
  ];
  return pairs.flatMap(([before, now]) =>
    aspects(before, now, options.directoryTimes).map(({ what, expected: want, found: got }) => ({
      path: options.root === undefined ? before.path : inTree(options.root, before.path),
      what,
      expected: want,
      found: got,
    })),
  );
}

type Aspect = Omit<Difference, 'path'>;

function aspects(expected: Entry, found: Entry, directoryTimes: boolean): Aspect[] {
  const list: Aspect[] = [];
  const compare = (what: string, want: string | undefined, got: string | undefined): void => {
    if (want !== got) list.push({ what, expected: want ?? 'none', found: got ?? 'none' });
  };
  compare('type', expected.type, found.type);
  if (expected.type === 'absent' || found.type === 'absent' || expected.type !== found.type) return list;
  compare('owner', `${expected.uid}:${expected.gid}`, `${found.uid}:${found.gid}`);
  if (expected.type !== 'link' && found.type !== 'link')
    compare('mode', octalMode(expected.mode), octalMode(found.mode));
  if (expected.type === 'link' && found.type === 'link')
    compare('link target', expected.target, found.target);
  if (expected.type === 'file' && found.type === 'file') {
    compare('content', contentOf(expected), contentOf(found));
    compare('hard link', expected.linkedWith, found.linkedWith);
  }
  if ((expected.type !== 'directory' || directoryTimes) && expected.mtimeNs !== found.mtimeNs)
    compare('time', timeOf(expected), timeOf(found));
  compare('attributes', attributesOf(expected), attributesOf(found));
  return list;
}

function absent(path: string): Entry {
  return { type: 'absent', path };
}

function contentOf(entry: Extract<Entry, { type: 'file' }>): string {
  return `${entry.size} bytes, sha256 ${entry.sha256}`;
}

/** ISO time to the nanosecond. */
function timeOf(entry: { readonly mtimeNs: string }): string {
  const ns = BigInt(entry.mtimeNs);
  const seconds = ns / 1_000_000_000n - (ns % 1_000_000_000n < 0n ? 1n : 0n);
  const rest = ns - seconds * 1_000_000_000n;
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return `${entry.mtimeNs} ns`;
  return date.toISOString().replace('.000Z', `.${String(rest).padStart(9, '0')}Z`);
}

function attributesOf(entry: {
  readonly attributes?: Record<string, string> | undefined;
}): string | undefined {
  if (entry.attributes === undefined) return undefined;
  return Object.entries(entry.attributes)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
