import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { entryState } from './entry-state.ts';
import { showBytes } from '../text/show-bytes.ts';
import { lineDiff } from './line-diff.ts';
import type { StepOfKind } from './step-duties.ts';

type FileWrite = StepOfKind<'file-write'>;

/**
 * The step that makes `path` a file with this content; undefined when it is that already. Owner and, unless
 * told, mode are those of the file that is there, or of the one in whose place it is shown. Throws `CouldNotRun` where
 * a file can't be put.
 */
export function fileWriteStep(
  host: Host,
  role: FileWrite['role'],
  path: string,
  content: string,
  { mode: wantedMode, inPlaceOf = path }: { mode?: number | undefined; inPlaceOf?: string | undefined } = {},
): FileWrite | undefined {
  const before = entryState(host, path);
  const facts = host.stat(path);
  if (before.type === 'directory' || before.type === 'other')
    throw new CouldNotRun(
      `${path} is ${before.type === 'directory' ? 'a directory, not a file' : 'no regular file'}`,
    );
  if (before.type === 'file' && facts !== undefined && facts.links > 1) {
    throw new CouldNotRun(`${path} is one of ${facts.links} names of one file (hard links)`, {
      why: 'Writing it would separate the names, and putting it back would not bring them together again.',
    });
  }
  const isFile = facts?.type === 'file';
  const model = inPlaceOf === path ? facts : host.stat(inPlaceOf);
  const { mode: itsMode, uid, gid } = model?.type === 'file' ? model : { mode: 0o644, uid: 0, gid: 0 };
  const mode = wantedMode ?? itsMode;
  const step: FileWrite = { kind: 'file-write', role, path, content, mode, uid, gid, before };
  if (!isFile) return step;
  const today = new TextDecoder().decode(host.readFile(path));
  if (before.type === 'file' && before.mode === mode && today === content) return undefined;
  return { ...step, diff: shownDiff(today, content) };
}

/** Of what goes, more than this is counted and not shown. A plan is read by people, and each journal holds it for good. */
const MOST_SHOWN = 64 * 1024;

function shownDiff(before: string, after: string): string[] {
  const size = showBytes(Buffer.byteLength(before));
  if (before.includes('\0')) return [`- (${size}, no text)`, ...lineDiff('', after)];
  const diff = lineDiff(before, after);
  const gone = diff.filter((line) => line.startsWith('- '));
  if (gone.reduce((sum, line) => sum + line.length, 0) <= MOST_SHOWN) return diff;
  return [`- (${gone.length} lines of ${size})`, ...diff.filter((line) => !line.startsWith('- '))];
}
