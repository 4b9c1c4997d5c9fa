import {
  chmodSync,
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { codeOf, guarded } from '../guarded.ts';
import { HostError } from '../host.ts';
import { guardedWrite, OTHER_FILE_SYSTEM } from '../host-error-of.ts';
import type { FileOwner, MachineFiles } from '../machine.ts';
import { complaintIn, isOfGone } from './coreutils-complaint.ts';
import { readAttributes } from './extended-attributes.ts';
import { heldLocks, holdKernelLock } from './kernel-lock.ts';
import { layTree } from './lay-tree.ts';
import { runCommand } from './run-command.ts';

/** File systems in which files can't share blocks: ext2 to ext4, tmpfs. Source: linux/magic.h. */
const WITHOUT_REFLINKS: ReadonlySet<number> = new Set([0xef53, 0x01021994]);
const COPY_LIMIT_MS = 60 * 60 * 1000;

/** The file system of the machine Cutover runs on. What Node has no call for is left to coreutils. */
export const durableFiles: MachineFiles = {
  makeDirectory: (path, mode) =>
    guardedWrite(path, () => {
      mkdirSync(path);
      chmodSync(path, mode); // mkdir's own mode is cut by the umask
    }),
  createFile: (path, content, owner) =>
    withFile(path, 'wx', (descriptor) => {
      fill(descriptor, content, owner);
      fsyncSync(descriptor);
    }),
  prepareFile: (path, content, owner) =>
    withDescriptor(
      path,
      () => createAnew(path),
      (descriptor) => fill(descriptor, content, owner),
    ),
  append: (path, content) =>
    withFile(path, 'a', (descriptor) => {
      writeWhole(descriptor, Buffer.from(content));
      fsyncSync(descriptor);
    }),
  truncate: (path, size) =>
    withFile(path, 'r+', (descriptor) => {
      ftruncateSync(descriptor, size);
    }),
  makeLink: (target, path) => guardedWrite(path, () => symlinkSync(target, path)),
  rename: (from, to) => guardedWrite(to, () => renameSync(from, to)),
  tryRename: (from, to) => {
    try {
      renameSync(from, to);
      return undefined;
    } catch (error) {
      if (codeOf(error) === 'EXDEV') return OTHER_FILE_SYSTEM;
      return guardedWrite(from, () => {
        throw error;
      });
    }
  },
  removeFile: (path) => guardedWrite(path, () => unlinkSync(path)),
  removeEmptyDirectory: (path) => guardedWrite(path, () => rmdirSync(path)),
  removeTree: (path) => guardedWrite(path, () => rmSync(path, { recursive: true, force: true })),
  setMode: (path, mode) => guardedWrite(path, () => chmodSync(path, mode)),
  copy: async (from, to) => await coreutils(to, 'cp', ['-a', '--reflink=auto', '-T', '--', from, to]),
  copyInto: async (paths, directory) =>
    await coreutils(directory, 'cp', ['-a', '--reflink=auto', '--', ...paths, directory]),
  lay: (tree, to) => guardedWrite(to, () => layTree(tree, to)),
  copyAsOwn: async (from, to) =>
    await coreutils(to, 'cp', [
      '-R',
      '-P',
      '--preserve=links,timestamps',
      '--reflink=auto',
      '-T',
      '--',
      from,
      to,
    ]),
  copyAttributes: async (reference, path) =>
    await coreutils(path, 'cp', ['--attributes-only', '--preserve=mode,xattr', '-T', '--', reference, path]),
  copyTimes: async (reference, path) =>
    await coreutils(path, 'touch', ['--no-dereference', `--reference=${reference}`, '--', path]),
  usedBytes: async (path) => {
    const words = ['--summarize', '--block-size=1', '--', path];
    const { status, stdout, stderr } = await runCommand('du', words, COPY_LIMIT_MS);
    // What goes away while it is counted is not there any more.
    const isAllOfGone = stderr !== '' && stderr.split('\n').every((line) => isOfGone(line));
    if (status !== 0 && !isAllOfGone) throw new HostError(path, 'io', stderr === '' ? 'du failed' : stderr);
    return Number.parseInt(stdout, 10);
  },
  freeBytes: (path) =>
    guarded(path, () => {
      const { bavail, bsize } = statfsSync(path);
      return bavail * bsize;
    }),
  copiesTakeRoom: (path) => guarded(path, () => WITHOUT_REFLINKS.has(statfsSync(path).type)),
  sync: (path) => withFile(path, 'r', fsyncSync),
  syncFileSystem: async (directory) => await coreutils(directory, 'sync', ['--file-system', '--', directory]),
  lock: holdKernelLock,
  attributes: readAttributes,
};

function withFile(path: string, flags: string, action: (descriptor: number) => void): void {
  withDescriptor(path, () => openSync(path, flags, 0o600), action);
}

function withDescriptor(path: string, open: () => number, action: (descriptor: number) => void): void {
  guardedWrite(path, () => {
    const descriptor = open();
    try {
      action(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** What a run that was cut short has left goes. To look for it first would be a call more for each of many. */
function createAnew(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    unlinkSync(path);
    return openSync(path, 'wx', 0o600);
  }
}

function fill(descriptor: number, content: string | Uint8Array, owner: FileOwner | undefined): void {
  writeWhole(descriptor, typeof content === 'string' ? Buffer.from(content) : content);
  if (owner === undefined) return;
  fchownSync(descriptor, owner.uid, owner.gid);
  fchmodSync(descriptor, owner.mode); // after chown, which clears the set-ID bits
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

async function coreutils(path: string, command: string, args: readonly string[]): Promise<void> {
  // It goes on when this process is killed, and nobody else may work on the same files then.
  const { status, stderr } = await runCommand(command, args, COPY_LIMIT_MS, heldLocks());
  if (status === 0) return;
  const { reason, text } = complaintIn(stderr === '' ? `${command} failed` : stderr);
  throw new HostError(path, reason, text, 'written');
}
