import type { ArchiveTree } from '../formats/archive/archive-tree.ts';
import type { LiveHost } from './host.ts';

/**
 * A machine that can be changed. Everything Cutover does to a machine goes through here, one primitive at a
 * time, so that every point at which a change can be cut short has a name. Reading goes through `host`.
 */
export interface Machine {
  readonly host: LiveHost;
  /** Cutover's own directory: store, journal, snapshots, lock. */
  readonly home: string;
  readonly files: MachineFiles;
  readonly systemd: Systemd;
  readonly processes: Processes;
  /** Connects once to HOST:PORT. Never throws: why it failed, undefined when it did not. */
  tcpConnect(address: string, limitMs: number): Promise<string | undefined>;
  /** Runs a program, its absolute path first, without a shell. Never throws: not to be started is an end. */
  run(command: readonly string[], limitMs: number): Promise<CommandEnd>;
  /** One HTTP GET. Never throws: no answer is an answer. */
  httpGet(url: string, limitMs: number): Promise<HttpAnswer>;
  /** The same from inside the network that a process has. */
  httpGetInNetworkOf(pid: number, url: string, limitMs: number): Promise<HttpAnswer>;
  readonly views: PrivateViews;
}

/** Views of the whole file system that can be written to without a trace. */
export interface PrivateViews {
  /**
   * Makes one at `root`, everything below `directory`, where nothing may be yet; at most so many bytes are written to it.
   * Never throws for what the machine lacks: why there is none, undefined when there is one. `remove` takes away either.
   */
  layOut(paths: ViewPaths, bytes: number): Promise<string | undefined>;
  /** Takes away all that is below and the directory itself, also what was only half made. */
  remove(directory: string): Promise<void>;
}

export interface ViewPaths {
  readonly directory: string;
  readonly root: string;
  readonly upper: string;
  readonly work: string;
}

/**
 * Changes of the file system. Paths are absolute. Each call is one step that either took effect or throws
 * `HostError`; `sync` is a step of its own.
 */
export interface MachineFiles {
  /** Makes one directory; its parent must exist. */
  makeDirectory(path: string, mode: number): void;
  /** Creates a file that must not exist yet, with its bytes, mode and owner, and syncs it. */
  createFile(path: string, content: string | Uint8Array, owner?: FileOwner): void;
  /** Likewise in the place of one that is there, and unsynced: for many, which are then brought to the disk by one `syncFileSystem`. */
  prepareFile(path: string, content: string | Uint8Array, owner: FileOwner): void;
  /** Adds bytes to the end of a file with one write, and syncs it. */
  append(path: string, content: string): void;
  /** Cuts a file to `size` bytes. */
  truncate(path: string, size: number): void;
  /** Makes a symbolic link that must not exist yet. */
  makeLink(target: string, path: string): void;
  rename(from: string, to: string): void;
  /** Renames, or says why the kernel can't (EXDEV: a directory in the lower layer of an overlay); then nothing is done. */
  tryRename(from: string, to: string): string | undefined;
  /** Removes a file or a link. */
  removeFile(path: string): void;
  removeEmptyDirectory(path: string): void;
  removeTree(path: string): void;
  setMode(path: string, mode: number): void;
  /** Copies a file, link or tree to a path that must not exist: content, links, owners, times, attributes. */
  copy(from: string, to: string): Promise<void>;
  /** Likewise several at once into a directory that exists, under their own names, which must differ. */
  copyInto(paths: readonly string[], directory: string): Promise<void>;
  /** Lays the tree of an archive out at a path that must not exist, as root's own: content, links and times. */
  lay(tree: ArchiveTree, to: string): void;
  /** Copies a tree as root's own: content, links and times. */
  copyAsOwn(from: string, to: string): Promise<void>;
  /** Gives the file `path` the mode, ACL and extended attributes of the file `reference`. */
  copyAttributes(reference: string, path: string): Promise<void>;
  /** Gives `path` the times of `reference`, to the nanosecond. */
  copyTimes(reference: string, path: string): Promise<void>;
  /** Bytes that a tree takes on its disk; holes take none, a file with several names counts once. */
  usedBytes(path: string): Promise<number>;
  /** Bytes that are free in the file system that holds `path`. */
  freeBytes(path: string): number;
  /** Whether a copy takes as much room there as its original; false also where that is not known of the file system. */
  copiesTakeRoom(path: string): boolean;
  /** Brings a file or directory to the disk. */
  sync(path: string): void;
  /** Brings everything in the file system of a directory to the disk. */
  syncFileSystem(directory: string): Promise<void>;
  /** Locks a file against other processes until it is released or this process ends; undefined: held elsewhere. */
  lock(path: string): Promise<HeldLock | undefined>;
  /** Extended attributes at and, when asked, below paths that exist; undefined where the tool for it is missing. */
  attributes(paths: readonly string[], below: boolean): Promise<AttributesByPath | undefined>;
}

export interface CommandEnd {
  /** undefined: it could not be started, or was ended for taking too long. */
  readonly status: number | undefined;
  readonly stdout: string;
  /** Also says why it could not be started. */
  readonly stderr: string;
}

export interface HeldLock {
  release(): Promise<void>;
}

export interface FileOwner {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Absolute path → attribute → value in hexadecimal. Paths without attributes are left out. */
export type AttributesByPath = ReadonlyMap<string, Readonly<Record<string, string>>>;

export interface Systemd {
  /** Why systemd cannot be asked here; undefined when it can. */
  whyNot(): Promise<string | undefined>;
  show(unit: string): Promise<UnitFacts>;
  daemonReload(): Promise<void>;
  /** Forgets failures and the count towards the start limit. */
  resetFailed(unit: string): Promise<void>;
  /** Active units that are to be stopped with a unit, or that a stop of it takes down. */
  companions(unit: string): Promise<Companions>;
  /** Which jobs systemd would refuse to take for a unit, whoever asks: `RefuseManualStart=`, `RefuseManualStop=`. */
  refusedJobs(unit: string): Promise<readonly ('start' | 'stop')[]>;
  /** Paths of the file system at which an active socket unit listens. */
  listeningFiles(socket: string): Promise<readonly string[]>;
  /** Waits for the jobs. Throws when a unit could not be stopped within the limit. */
  stop(units: readonly string[], limitMs: number): Promise<void>;
  /** Waits for the jobs, at most so long; the text is systemd's complaint, if it had one. */
  start(units: readonly string[], limitMs: number): Promise<string | undefined>;
  /** Stops and starts in one job; waits for it, at most so long; the text is systemd's complaint, if it had one. */
  restart(unit: string, limitMs: number): Promise<string | undefined>;
  /** The last lines the unit logged since a time (milliseconds since 1970), oldest first. */
  log(unit: string, sinceMs: number, lines: number): Promise<UnitLog>;
}

/** What a unit logged, or why that can't be told. */
export type UnitLog =
  | { readonly read: true; readonly lines: readonly string[] }
  | { readonly read: false; readonly reason: string };

export interface Companions {
  /** systemd stops them with the unit, and does not start them with it: `Requires=`, `BindsTo=`, `PartOf=` it. */
  readonly dependents: readonly string[];
  /** Sockets and paths that start the unit, or one of its dependents, when something arrives. */
  readonly triggers: readonly string[];
}

/** What systemd says of a unit. */
export interface UnitFacts {
  readonly loadState: string;
  readonly activeState: string;
  readonly subState: string;
  readonly mainPid: number;
  /** When it became active, in microseconds since the boot; 0 when it never did. */
  readonly activeSince: number;
  /** When it went down last, in microseconds since the boot; 0 when it never did. */
  readonly activeUntil: number;
  /** When its last start began, in microseconds since the boot; 0 when it never did. */
  readonly startingSince: number;
  readonly restarts: number;
  readonly fragmentPath: string;
  readonly dropInPaths: readonly string[];
  /** The `ExecStart=` commands: program and arguments. */
  readonly execStart: readonly string[];
  readonly environmentFiles: readonly string[];
  readonly unitFileState: string;
  readonly needsReload: boolean;
  /** `success`, `exit-code`, `signal`, `start-limit-hit` … */
  readonly result: string;
  /** How the main process ended last: `exited`, `killed`, `dumped`; empty when it has not. */
  readonly lastExit: { readonly code: string; readonly status: number };
}

export interface Processes {
  readonly own: ProcessIdentity;
  /** Milliseconds since the boot, by the clock that systemd tells times in. */
  sinceBootMs(): number;
  /** The user Cutover runs as. */
  readonly uid: number;
  /** Whether the very process still runs: same boot, same pid, same start time. */
  isAlive(process: ProcessIdentity): boolean;
  /** From now on signals don't end this process, until they are let go again. */
  holdSignals(): HeldSignals;
}

/** SIGHUP and a terminal that is gone change nothing; SIGINT and SIGTERM are remembered. */
export interface HeldSignals {
  /** The first of SIGINT and SIGTERM that came. */
  readonly came: () => string | undefined;
  readonly letGo: () => void;
}

export interface ProcessIdentity {
  readonly pid: number;
  /** In clock ticks since boot: field 22 of /proc/<pid>/stat. */
  readonly startTime: string;
  readonly bootId: string;
}

export type HttpAnswer =
  | { readonly answered: true; readonly status: number; readonly body: string }
  | { readonly answered: false; readonly reason: string };
