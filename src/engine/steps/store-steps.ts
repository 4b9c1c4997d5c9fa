import { dirname } from 'node:path/posix';
import type { Host } from '../../host/host.ts';
import type { Machine } from '../../host/machine.ts';
import type { ArchiveHost } from '../../host/archive-host.ts';
import { ArchiveRefused, openArchives } from '../../host/open-archives.ts';
import { makeDirectories } from '../../journal/make-directories.ts';
import { namesIn } from '../read-entries.ts';
import { settled } from '../settled.ts';
import { scanReplacement } from '../../plan/scan-replacement.ts';
import { nothing, type StepAction, StepFailure, type StepOf } from '../step-action.ts';

export const storeAdd: StepAction<StepOf<'store-add'>> = {
  foresee: nothing,
  apply: async (step, { machine }) => {
    const { source, name } = step;
    return await addToStore(machine, step, source, async (to) => {
      if (name !== undefined) machine.files.makeDirectory(to, 0o755);
      await machine.files.copyAsOwn(source, name === undefined ? to : `${to}/${name}`);
    });
  },
  verify: async (step, { machine }) => missing(machine, step),
};

export const storeUnpack: StepAction<StepOf<'store-unpack'>> = {
  foresee: nothing,
  apply: async (step, { machine }) => {
    const { archives } = step;
    return await addToStore(machine, step, archives.join(' and '), async (to) =>
      machine.files.lay(opened(machine, archives).tree, to),
    );
  },
  verify: async (step, { machine }) => missing(machine, step),
};

function opened({ host }: Machine, archives: readonly string[]): ArchiveHost {
  try {
    return openArchives(host, archives);
  } catch (error) {
    if (error instanceof ArchiveRefused) throw new StepFailure(error.message);
    throw error;
  }
}

interface Stored {
  readonly storePath: string;
  readonly digest: string;
}

/** Makes an entry of the store beside, and gives it its name when it is what was planned and on the disk. */
async function addToStore(
  machine: Machine,
  { storePath, digest }: Stored,
  source: string,
  make: (to: string) => Promise<void>,
): Promise<Record<string, never>> {
  if (machine.host.lstat(storePath) !== undefined) {
    const other = digestAt(machine, storePath);
    if (other !== digest) throw new StepFailure(`${storePath} was changed: its content has sha256 ${other}`);
    return {};
  }
  makeDirectories(machine, dirname(storePath), 0o755);
  const beside = `${dirname(storePath)}/.new-sha256-${digest}`;
  machine.files.removeTree(beside); // left by a run that was cut short
  await make(beside);
  takeWriteModes(machine, machine.host.remembering(), beside);
  const syncing = machine.files.syncFileSystem(beside);
  const [synced, read] = await Promise.allSettled([syncing, (async () => digestAt(machine, beside))()]);
  const found = settled(read);
  if (found !== digest) {
    machine.files.removeTree(beside);
    throw new StepFailure(
      `${source} has changed since the plan was made (sha256 ${found}, planned ${digest})`,
    );
  }
  settled(synced);
  machine.files.rename(beside, storePath);
  machine.files.sync(dirname(storePath));
  return {};
}

/** Its content was looked at before it got its name; nothing writes to it. */
function missing({ host }: Machine, { storePath }: Stored): string | undefined {
  return host.lstat(storePath)?.type === 'directory' ? undefined : `${storePath} is not there`;
}

function digestAt({ host }: Machine, path: string): string {
  return scanReplacement(host.remembering(), path).digest;
}

/** Makes a copy read-only as the store's format says. */
function takeWriteModes(machine: Machine, host: Host, path: string): void {
  const facts = host.lstat(path);
  if (facts === undefined || facts.type === 'link') return;
  if (facts.type === 'directory')
    for (const name of namesIn(host, path)) takeWriteModes(machine, host, `${path}/${name}`);
  machine.files.setMode(path, facts.mode & 0o555);
}
