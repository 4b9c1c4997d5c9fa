import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { codeOf } from './guarded.ts';
import type { Host } from './host.ts';
import { TOOL_ENVIRONMENT } from './tool-environment.ts';
import { withFile } from './with-file.ts';

/** A library on a host, and the files of its debug information, if that is not in it: where abidiff looks for them. */
export interface AbiSide {
  readonly host: Host;
  readonly path: string;
  readonly debugFiles: readonly { readonly path: string; readonly as: string }[];
}

/** What abidiff printed, cut off at `MOST_OUTPUT`, and its exit code; or why it said nothing. */
export type AbidiffRun =
  | { readonly kind: 'ran'; readonly bits: number; readonly text: string }
  | { readonly kind: 'not-installed' }
  | { readonly kind: 'failed'; readonly reason: string };

const MOST_OUTPUT = 32 * 1024 * 1024;
const MOST_COPIED = 2 ** 30;
const MOST_MEMORY = 3 * 2 ** 30;
const CHUNK = 4 * 1024 * 1024;
const OPTIONS = ['--no-default-suppression', '--redundant', '--no-added-syms', '--no-show-locs'];
/** What prlimit(1), or a shell, ends with for a program that is not there. */
const NOT_FOUND = 127;

/**
 * Has this machine's abidiff(1) compare two libraries by their debug information. It gets copies, in a directory of
 * ours that is removed again, so that no path of a root leads it anywhere, and neither much memory nor more than
 * `milliseconds`. Throws `HostError` for a library that can't be read.
 */
export function abidiff(old: AbiSide, now: AbiSide, milliseconds: number): AbidiffRun {
  const size = [old, now].reduce((sum, side) => sum + sizeOf(side), 0);
  if (size > MOST_COPIED)
    return { kind: 'failed', reason: `the files are ${size} bytes, more than the ${MOST_COPIED} looked at` };
  const directory = mkdtempSync(join(tmpdir(), 'cutover-abidiff-'));
  try {
    const files = [layDown(old, join(directory, 'old')), layDown(now, join(directory, 'new'))];
    const options = files.flatMap(({ debug }, at) =>
      debug === undefined ? [] : [`--debug-info-dir${at + 1}`, debug],
    );
    const command = ['abidiff', ...OPTIONS, ...options, ...files.map(({ library }) => library)];
    return run(command, milliseconds);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(command: readonly string[], milliseconds: number): AbidiffRun {
  const { status, stdout, stderr, signal, error } = spawnSync(
    'prlimit',
    [`--as=${MOST_MEMORY}`, '--core=0', ...command],
    {
      maxBuffer: MOST_OUTPUT,
      timeout: milliseconds,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: TOOL_ENVIRONMENT,
    },
  );
  const code = codeOf(error);
  if (code === 'ENOENT') return { kind: 'failed', reason: 'prlimit, which bounds it, is not installed' };
  if (code === 'ETIMEDOUT')
    return { kind: 'failed', reason: `it took more than ${Math.round(milliseconds / 1000)} s` };
  if (code === 'ENOBUFS') return { kind: 'failed', reason: `it printed more than ${MOST_OUTPUT} bytes` };
  if (status === NOT_FOUND) return { kind: 'not-installed' };
  if (status !== null) return { kind: 'ran', bits: status, text: stdout.toString('utf8') };
  const [said = ''] = stderr.toString('utf8').trim().split('\n');
  const memory = /bad_alloc/.test(said) ? `: it wanted more than ${MOST_MEMORY} bytes of memory` : '';
  return { kind: 'failed', reason: `it was ended by ${signal ?? 'the system'}${memory}` };
}

function sizeOf({ host, path, debugFiles }: AbiSide): number {
  const paths = [path, ...debugFiles.map((file) => file.path)];
  return paths.reduce((sum, one) => sum + (host.stat(one)?.size ?? 0), 0);
}

function layDown(
  { host, path, debugFiles }: AbiSide,
  at: string,
): { library: string; debug: string | undefined } {
  const library = join(at, 'library.so');
  copy(host, path, library);
  const debug = join(at, 'debug');
  for (const file of debugFiles) copy(host, file.path, join(debug, file.as));
  return { library, debug: debugFiles.length === 0 ? undefined : debug };
}

function copy(host: Host, path: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  const descriptor = openSync(to, 'wx', 0o600);
  try {
    withFile(host, path, (file) => {
      for (let at = 0; at < file.size; at += CHUNK)
        writeSync(descriptor, file.read(at, Math.min(CHUNK, file.size - at)));
    });
  } finally {
    closeSync(descriptor);
  }
}
