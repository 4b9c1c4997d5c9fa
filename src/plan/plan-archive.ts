import { CouldNotRun } from '../documents/could-not-run.ts';
import type { ArchiveHost } from '../host/archive-host.ts';
import type { Host } from '../host/host.ts';
import { ArchiveRefused, openArchives } from '../host/open-archives.ts';
import { PlannedHost } from '../host/planned-host.ts';
import { scanReplacement } from './scan-replacement.ts';
import type { StepOfKind } from './step-duties.ts';
import { storePathOf } from './store-path.ts';
import { firstOf } from '../text/first-of.ts';

const MAX_NAMED = 3;

/** Archives that shall be unpacked into the store. Throws `CouldNotRun` for what can't be used or must not be unpacked. */
export function planArchive(
  host: Host,
  paths: readonly string[],
  command: string,
): StepOfKind<'store-unpack'> {
  for (const path of paths) refuseNoFile(host, path);
  const archives = paths.map((path) => host.realPath(path) ?? path);
  const opened = open(host, archives);
  const { digest, files, bytes } = scanReplacement(opened, '');
  const storePath = storePathOf(digest);
  const unpacked = new PlannedHost(host, {
    entries: new Map(),
    trees: [{ at: storePath, from: { archives } }],
  });
  refuseProgram({ unpacked, opened, archives, storePath }, command);
  return { kind: 'store-unpack', archives, digest, files, bytes, storePath };
}

function refuseNoFile(host: Host, path: string): void {
  const type = host.stat(path)?.type;
  if (type === 'file') return;
  if (type === undefined) throw new CouldNotRun(`the replacement ${path} does not exist`);
  throw new CouldNotRun(
    `the replacement ${path} is no archive`,
    type === 'directory' ? { next: 'A directory goes under replacement: directory:' } : {},
  );
}

function open(host: Host, archives: readonly string[]): ArchiveHost {
  try {
    return openArchives(host, archives);
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error;
    throw new CouldNotRun(error.message, {
      why: 'An archive is looked at as a whole before anything of it is written.',
      ...(error.next === undefined
        ? { next: "Get it again, and compare its checksum with the publisher's." }
        : { next: error.next }),
    });
  }
}

interface Unpacked {
  readonly unpacked: Host;
  readonly opened: ArchiveHost;
  readonly archives: readonly string[];
  readonly storePath: string;
}

function refuseProgram({ unpacked, opened, archives, storePath }: Unpacked, command: string): void {
  const [name = ''] = command.split(/\s/);
  const facts = unpacked.stat(`${storePath}/${name}`);
  if (facts?.type === 'file' && (facts.mode & 0o111) !== 0) return;
  const shown = archives.join(' and ');
  if (facts?.type === 'file') throw new CouldNotRun(`${name} in ${shown} is not executable`);
  const entry = opened.tree.get(name);
  if (entry?.type === 'link') {
    throw new CouldNotRun(`${name} in ${shown} is a link to ${entry.target}, which is not in it`, {
      next: 'Is it in another package? Several are laid over one another: archive: [FIRST, SECOND]',
    });
  }
  const programs = executables(opened);
  throw new CouldNotRun(`the replacement has no program ${name}: it is not in ${shown}`, {
    next:
      programs.length === 0
        ? 'command: is a path inside the archive, and no file in it is executable.'
        : `command: is a path inside the archive. Executable in it: ${firstOf(programs, MAX_NAMED)}.`,
  });
}

/** What stands where programs do comes first. */
function executables({ tree }: ArchiveHost): string[] {
  const all = [...tree].flatMap(([path, node]) =>
    node.type === 'file' && (node.mode & 0o111) !== 0 ? [path] : [],
  );
  const isProgram = (path: string): boolean => /(^|\/)s?bin\//.test(path);
  return [...all.filter(isProgram).sort(), ...all.filter((path) => !isProgram(path)).sort()];
}
