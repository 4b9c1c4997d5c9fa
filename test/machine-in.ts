import { join } from 'node:path/posix';
import type { Machine, MachineFiles, Systemd } from '../src/host/machine.ts';
import { durableFiles } from '../src/host/machine/durable-files.ts';
import { liveMachine } from '../src/host/machine/live-machine.ts';
import type { RootedHost } from '../src/host/rooted-host.ts';
import { makeHome } from '../src/journal/home.ts';
import { rootWith } from './root-with.ts';
import { unitFacts } from './unit-facts.ts';

/**
 * A machine whose whole file system is a directory of the test, and whose systemd gives these answers; that of the machine
 * of the test is never asked to do anything. It is removed when the test ends.
 */
export function machineIn(
  files: Parameters<typeof rootWith>[0],
  answers: Partial<Systemd> = {},
): Machine & { readonly host: RootedHost } {
  const host = rootWith({ '/etc/systemd/system/other.service': '', ...files });
  const live = liveMachine();
  const machine = {
    ...live,
    host,
    files: filesBelow(host.root),
    systemd: { ...NO_SYSTEMD, ...answers },
    processes: { ...live.processes, uid: 0 },
    // Programs of the machine of the test, which are told of places in the directory.
    run: async ([program = '', ...words]: readonly string[], limitMs: number) => {
      const there = words.map((word) => (word.startsWith('/') ? join(host.root, word) : word));
      return await live.run([program, ...there], limitMs);
    },
  };
  makeHome(machine);
  return machine;
}

/** One that has nothing to do and does not complain. */
const NO_SYSTEMD: Systemd = {
  whyNot: async () => undefined,
  show: async () => unitFacts(),
  daemonReload: async () => undefined,
  resetFailed: async () => undefined,
  companions: async () => ({ dependents: [], triggers: [] }),
  refusedJobs: async () => [],
  listeningFiles: async () => [],
  stop: async () => undefined,
  start: async () => undefined,
  restart: async () => undefined,
  log: async () => ({ read: true, lines: [] }),
};

function filesBelow(root: string): MachineFiles {
  const at = (path: string): string => join(root, path);
  const files = durableFiles;
  return {
    makeDirectory: (path, mode) => files.makeDirectory(at(path), mode),
    createFile: (path, content, owner) => files.createFile(at(path), content, owner),
    prepareFile: (path, content, owner) => files.prepareFile(at(path), content, owner),
    append: (path, content) => files.append(at(path), content),
    truncate: (path, size) => files.truncate(at(path), size),
    makeLink: (target, path) => files.makeLink(target, at(path)),
    rename: (from, to) => files.rename(at(from), at(to)),
    tryRename: (from, to) => files.tryRename(at(from), at(to)),
    removeFile: (path) => files.removeFile(at(path)),
    removeEmptyDirectory: (path) => files.removeEmptyDirectory(at(path)),
    removeTree: (path) => files.removeTree(at(path)),
    setMode: (path, mode) => files.setMode(at(path), mode),
    copy: async (from, to) => await files.copy(at(from), at(to)),
    copyInto: async (paths, directory) => await files.copyInto(paths.map(at), at(directory)),
    lay: (tree, to) => files.lay(tree, at(to)),
    copyAsOwn: async (from, to) => await files.copyAsOwn(at(from), at(to)),
    copyAttributes: async (reference, path) => await files.copyAttributes(at(reference), at(path)),
    copyTimes: async (reference, path) => await files.copyTimes(at(reference), at(path)),
    usedBytes: async (path) => await files.usedBytes(at(path)),
    freeBytes: (path) => files.freeBytes(at(path)),
    copiesTakeRoom: (path) => files.copiesTakeRoom(at(path)),
    sync: (path) => files.sync(at(path)),
    syncFileSystem: async (directory) => await files.syncFileSystem(at(directory)),
    lock: async (path) => await files.lock(at(path)),
    attributes: async (paths, below) => {
      const found = await files.attributes(paths.map(at), below);
      return found && new Map([...found].map(([path, names]) => [path.slice(root.length), names]));
    },
  };
}
