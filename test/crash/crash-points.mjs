// Loaded into a Cutover process by `node --import`, in tests only. Numbers every deed that changes the machine: each
// write, sync, rename, removal, attribute change and command. CRASH_AT=N kills the process just before deed N, CRASH_AT=end
// when it has said how it ended. With CRASH_LOSES=1 everything goes first that no sync had brought to
// the disk, as in a power cut: the test then cuts the power. What a rename took elsewhere is lost there, and a sync of a
// file system helps only that one: each of SYSTEMS counts as one. FAULT_AT=N has the system refuse deed N with the error FAULT (ENOSPC …), and all that follow it with
// FAULT_LASTS=1: a call throws what Node throws then, a command gets it from the kernel, by strace. With FAULT=hang a
// command never returns instead, nor does any other with FAULT_LASTS=1, questions to systemd included; the limit it is
// waited for is written to /root/limits and shortened. MEDDLE_AT=N runs the shell command MEDDLE just before deed N:
// somebody else at work on the machine. At its end the process leaves the list of its deeds in /root/points.
import child from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname } from 'node:path';

const real = { ...fs };
const spawn = child.spawn;
const killAt = Number(process.env.CRASH_AT ?? 0);
const faultAt = Number(process.env.FAULT_AT ?? 0);
const fault = process.env.FAULT ?? '';
const faultLasts = process.env.FAULT_LASTS === '1';
const hangs = fault === 'hang';
const meddleAt = Number(process.env.MEDDLE_AT ?? 0);
const meddle = process.env.MEDDLE ?? '';
const loses = process.env.CRASH_LOSES === '1';
const O_PATH = 0o10000000; // Node has no name for it
const KEPT = '/root/crash-kept'; // what a removal or a rename took away
const deeds = [];
const children = new Set();
/** What is not on the disk yet, oldest first: how to lose it, and which sync would have kept it. */
let unsynced = [];
/** Every rename that is not undone, oldest first. */
const moves = [];
const SYSTEMS = ['/var/lib/cutover', '/etc', '/usr', '/opt', '/run'];
let kept = 0;

function deed(name) {
  if (count(name) && !hangs) throw Object.assign(new Error(`${fault}: injected, ${name}`), { code: fault });
}

/** Numbers a deed; whether the system shall refuse it. */
function count(name) {
  deeds.push(name);
  if (deeds.length === killAt) die();
  if (deeds.length === meddleAt) child.execFileSync('sh', ['-c', meddle], { stdio: 'ignore' });
  return faultAt > 0 && (faultLasts ? deeds.length >= faultAt : deeds.length === faultAt);
}

function die() {
  if (loses) lose();
  process.kill(process.pid, 'SIGKILL');
}

/** What a command does that can be refused to it. */
const CALLS = {
  cp: 'write,copy_file_range,mkdir,mkdirat,openat:when=8+',
  touch: 'utimensat',
  sync: 'syncfs',
  mount: 'mount',
  umount: 'umount2',
  '/usr/bin/install': 'mkdir,fchmodat,fchownat,lchown',
  systemctl: 'connect',
};

const SHORT_MS = 300;
let isHanging = false;
const timeout = globalThis.setTimeout;
globalThis.setTimeout = (action, limit, ...rest) => {
  if (!isHanging) return timeout(action, limit, ...rest);
  isHanging = false;
  real.appendFileSync('/root/limits', `${limit}\n`);
  return timeout(action, Math.min(limit, SHORT_MS), ...rest);
};

/** In the place of a command: the limit that is set next is that of this one. */
function hanging() {
  isHanging = true;
  return ['sleep', ['infinity']];
}

function refused(command, args) {
  if (hangs) return hanging();
  const [calls, when] = CALLS[command].split(':');
  const inject = `inject=${calls}:error=${fault}${when === undefined ? '' : `:${when}`}`;
  return ['strace', ['--quiet=all', '--output=/dev/null', '-e', inject, command, ...args]];
}

function lose() {
  for (const { pid } of children) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  for (const { undo, since } of unsynced.toReversed()) {
    try {
      undo((path) => nowAt(path, since));
    } catch (error) {
      // ENOENT: it hung on something else that is lost already. A loss that fails otherwise would be too kind.
      if (error.code === 'ENOENT') continue;
      real.writeSync(2, `a loss failed: ${error.stack}\n`);
      process.abort();
    }
  }
}

/** A deed that is lost unless `file`, or its whole file system, is synced afterwards. `undo` gets what says where a path is now. */
function unsafe(file, undo, identity = identityOf(file)) {
  const system = systemOf(file);
  // What is in memory goes with the power itself.
  if (loses && system !== '/run') unsynced.push({ identity, system, undo, since: moves.length });
}

/** A path to a file that stays when it is renamed or removed, and does not keep it from being executed as a writer would. */
function held(descriptor) {
  return `/proc/self/fd/${real.openSync(`/proc/self/fd/${descriptor}`, O_PATH)}`;
}

function systemOf(file) {
  const path = typeof file === 'number' ? real.readlinkSync(`/proc/self/fd/${file}`) : file;
  return SYSTEMS.find((system) => path === system || path.startsWith(`${system}/`)) ?? '/';
}

/** Where renames have taken what was at a path after so many of them. */
function nowAt(path, since) {
  return moves
    .slice(since)
    .filter(({ isUndone }) => !isUndone)
    .reduce(
      (at, { from, to }) => (at === from || at.startsWith(`${from}/`) ? to + at.slice(from.length) : at),
      path,
    );
}

function identityOf(file) {
  const stats =
    typeof file === 'number' ? real.fstatSync(file) : real.lstatSync(file, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.dev}:${stats.ino}`;
}

function synced(identity) {
  unsynced = unsynced.filter((entry) => entry.identity !== identity);
}

/** A second name for what stands at a path, so that it can come back. undefined: nothing stands there, or a directory. */
function keep(path) {
  if (!loses || systemOf(path) === '/run') return undefined; // it is lost anyway
  if (real.lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== false) return undefined;
  real.mkdirSync(KEPT, { recursive: true });
  kept += 1;
  const name = `${KEPT}/${process.pid}-${kept}`;
  real.linkSync(path, name);
  return name;
}

Object.assign(fs, {
  openSync: (path, flags, mode) => {
    const creates = flags === 'wx' || (flags === 'a' && !real.existsSync(path));
    if (creates) deed(`create ${path}`);
    const descriptor = real.openSync(path, flags, mode);
    if (creates) unsafe(dirname(path), (at) => real.unlinkSync(at(path)));
    return descriptor;
  },
  writeSync: (descriptor, bytes, from = 0) => {
    const name = real.readlinkSync(`/proc/self/fd/${descriptor}`);
    if (!name.startsWith('/') || name.startsWith('/dev/')) return real.writeSync(descriptor, bytes, from);
    deed(`write ${name}`);
    const { size } = real.fstatSync(descriptor);
    const again = loses ? held(descriptor) : '';
    unsafe(descriptor, () => real.truncateSync(again, size));
    const half = Math.ceil((bytes.length - from) / 2);
    const written = real.writeSync(descriptor, bytes, from, half);
    deed(`write the rest of ${name}`);
    return written + real.writeSync(descriptor, bytes, from + written);
  },
  ftruncateSync: (descriptor, size) => {
    const name = real.readlinkSync(`/proc/self/fd/${descriptor}`);
    deed(`truncate ${name}`);
    const before = real.readFileSync(name);
    const again = loses ? held(descriptor) : '';
    unsafe(descriptor, () => real.writeFileSync(again, before, { flag: 'r+' }));
    real.ftruncateSync(descriptor, size);
  },
  fchownSync: (descriptor, uid, gid) => {
    deed(`chown ${real.readlinkSync(`/proc/self/fd/${descriptor}`)}`);
    real.fchownSync(descriptor, uid, gid);
  },
  fchmodSync: (descriptor, mode) => {
    deed(`chmod ${real.readlinkSync(`/proc/self/fd/${descriptor}`)}`);
    real.fchmodSync(descriptor, mode);
  },
  chmodSync: (path, mode) => {
    deed(`chmod ${path}`);
    real.chmodSync(path, mode);
  },
  fsyncSync: (descriptor) => {
    deed(`sync ${real.readlinkSync(`/proc/self/fd/${descriptor}`)}`);
    real.fsyncSync(descriptor);
    synced(identityOf(descriptor));
  },
  mkdirSync: (path, ...rest) => {
    deed(`make directory ${path}`);
    real.mkdirSync(path, ...rest);
    unsafe(dirname(path), (at) => loseTree(at(path)));
  },
  renameSync: (from, to) => {
    deed(`rename to ${to}`);
    const name = keep(to);
    real.renameSync(from, to);
    const move = { from, to, isUndone: false };
    moves.push(move);
    unsafe(dirname(to), (at) => {
      real.renameSync(at(to), from);
      move.isUndone = true;
      if (name !== undefined) real.renameSync(name, at(to));
    });
  },
  symlinkSync: (target, path) => {
    deed(`link ${path}`);
    real.symlinkSync(target, path);
    unsafe(dirname(path), (at) => real.unlinkSync(at(path)));
  },
  linkSync: (from, path) => {
    deed(`second name ${path}`);
    real.linkSync(from, path);
    unsafe(dirname(path), (at) => real.unlinkSync(at(path)));
  },
  writeFileSync: (path, content, options) => {
    // What the harness writes of its own is no deed.
    if (typeof content === 'string') return real.writeFileSync(path, content, options);
    deed(`create ${path}`);
    real.writeFileSync(path, content.subarray(0, content.length / 2), options);
    unsafe(dirname(path), (at) => real.unlinkSync(at(path)));
    unsafe(path, (at) => real.truncateSync(at(path), 0));
    deed(`write the rest of ${path}`);
    real.writeFileSync(path, content);
  },
  utimesSync: (path, ...times) => {
    deed(`times of ${path}`);
    real.utimesSync(path, ...times);
  },
  lutimesSync: (path, ...times) => {
    deed(`times of link ${path}`);
    real.lutimesSync(path, ...times);
  },
  unlinkSync: (path) => {
    deed(`remove ${path}`);
    const name = keep(path);
    real.unlinkSync(path);
    if (name !== undefined) unsafe(dirname(path), (at) => real.renameSync(name, at(path)));
  },
  rmdirSync: (path) => {
    deed(`remove directory ${path}`);
    const { mode, uid, gid } = real.statSync(path);
    real.rmdirSync(path);
    unsafe(dirname(path), (at) => {
      real.mkdirSync(at(path));
      real.chownSync(at(path), uid, gid);
      real.chmodSync(at(path), mode & 0o7777);
    });
  },
  rmSync: (path) => {
    const stats = real.lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (!stats.isDirectory()) {
      fs.unlinkSync(path);
      return;
    }
    for (const name of real.readdirSync(path)) fs.rmSync(`${path}/${name}`);
    fs.rmdirSync(path);
  },
});

const CHANGES = {
  cp: () => true,
  touch: () => true,
  sync: () => true,
  mount: () => true,
  umount: () => true,
  '/usr/bin/install': () => true,
  systemctl: ([verb]) => !['show', 'is-system-running'].includes(verb),
};

child.spawn = (command, args, options) => {
  if (CHANGES[command]?.(args) !== true) {
    // flock asks the kernel and does not wait.
    const hung = hangs && faultLasts && deeds.length >= faultAt && command !== 'flock';
    return hung ? spawn(...hanging(), options) : spawn(command, args, options);
  }
  const name = `${command} ${command === 'systemctl' ? args.join(' ') : args.at(-1)}`;
  const [program, words] = count(name) ? refused(command, args) : [command, args];
  const started = spawn(program, words, options);
  children.add(started);
  started.once('exit', () => {
    children.delete(started);
    if (command === 'sync') unsynced = unsynced.filter(({ system }) => system !== systemOf(args.at(-1)));
  });
  if (command === 'cp')
    for (const copy of copiesOf(args)) unsafe(copy, (at) => loseCopy(copy, at), 'no sync of one file');
  count(`${name}, half done`);
  return started;
};

function copiesOf(args) {
  const to = args.at(-1);
  if (args.includes('-T')) return [to];
  return args.slice(args.indexOf('--') + 1, -1).map((from) => `${to}/${basename(from)}`);
}

/** Of a copy whose new name is on the disk that name stays. */
function loseCopy(path, at) {
  const now = at(path);
  if (now !== path && real.lstatSync(now).isFile()) real.truncateSync(now, 0);
  else if (now !== path && real.lstatSync(now).isDirectory())
    for (const name of real.readdirSync(now)) loseTree(`${now}/${name}`);
  else loseTree(now);
}

/** Node's own rmSync calls what stands here in the place of unlinkSync. */
function loseTree(path) {
  child.execFileSync('rm', ['-rf', '--', path]);
}

syncBuiltinESMExports();
process.on('exit', () => {
  if (process.env.CRASH_AT === 'end') die();
});
process.on('exit', () => real.writeFileSync('/root/points', deeds.map((name) => `${name}\n`).join('')));
