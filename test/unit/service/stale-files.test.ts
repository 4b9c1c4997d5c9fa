import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, linkSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { liveHost } from '../../../src/host/rooted-host.ts';
import { loadProgram } from '../../../src/service/load-program.ts';
import { PLAIN_START } from '../../../src/service/loader-settings.ts';
import { mappedFiles } from '../../../src/service/mapped-files.ts';
import { staleFiles } from '../../../src/service/stale-files.ts';
import { hasCompiler, library } from '../../small-elf.ts';

describe.skipIf(!hasCompiler)('files that a running process still uses', () => {
  let folder = '';
  let child: ChildProcess | undefined;
  const program = () => join(folder, 'sleep');
  const wick = () => join(folder, 'libwick.so');

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'cutover-stale-')));
    copyFileSync('/bin/sleep', program());
    library(wick(), 'extern "C" int wick() { return 1; }');
    child = spawn(program(), ['60'], { env: { LD_PRELOAD: wick() } });
    await untilMapped(child.pid ?? 0, wick());
  });

  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test('nothing that is as it was', () => {
    expect(stale()).toEqual([]);
  });

  test('a library that was replaced by rename(2), also when its old file keeps another name', () => {
    copyFileSync(wick(), join(folder, 'new'));
    linkSync(wick(), join(folder, 'kept'));
    renameSync(join(folder, 'new'), wick());
    expect(stale()).toEqual([{ path: wick(), how: 'replaced', pids: [child?.pid] }]);
  });

  test('a program that was deleted', () => {
    rmSync(program());
    expect(stale()).toEqual([{ path: program(), how: 'deleted', pids: [child?.pid] }]);
  });

  test('a library whose name ends like the remark of the kernel, as it was and deleted', async () => {
    child?.kill('SIGKILL');
    const odd = `${wick()} (deleted)`;
    copyFileSync(wick(), odd);
    child = spawn(program(), ['60'], { env: { LD_PRELOAD: wick() } });
    await untilMapped(child.pid ?? 0, wick());
    renameSync(wick(), odd); // the kernel's list follows the name, and says the same as of a deleted one
    expect(readFileSync(`/proc/${child.pid}/maps`, 'utf8')).toContain(`${odd}\n`);
    expect(stale()).toEqual([]);
    rmSync(odd);
    expect(stale()).toEqual([{ path: odd, how: 'deleted', pids: [child?.pid] }]);
  });

  test('a library and a program that were moved aside, with others in their place', () => {
    const [oldWick, oldProgram] = [join(folder, 'old-wick'), join(folder, 'old-sleep')];
    renameSync(wick(), oldWick);
    copyFileSync(oldWick, wick());
    const moved = { path: wick(), movedTo: oldWick, how: 'replaced', pids: [child?.pid] };
    expect(staleAgainstStart()).toEqual([moved]);
    renameSync(program(), oldProgram);
    copyFileSync('/bin/sleep', program());
    const movedProgram = { path: program(), movedTo: oldProgram, how: 'replaced', pids: [child?.pid] };
    expect(staleAgainstStart()).toEqual([movedProgram, moved]);
  });

  test('nothing against what a start would load, as it was, and of a process of another program', () => {
    expect(staleAgainstStart()).toEqual([]);
    const other = loadProgram(liveHost(), process.execPath, PLAIN_START, [])?.closure;
    expect(
      staleFiles(liveHost(), mappedFiles(liveHost(), [child?.pid ?? 0]), liveHost(), other).files,
    ).toEqual([]);
  });

  test('a process that is gone', () => {
    expect(staleFiles(liveHost(), mappedFiles(liveHost(), [2 ** 30]))).toEqual({
      files: [],
      unreadable: [2 ** 30],
    });
  });

  function staleAgainstStart() {
    const start = { environment: new Map([['LD_PRELOAD', wick()]]), directory: '/' };
    const closure = loadProgram(liveHost(), program(), start, [])?.closure;
    return staleFiles(liveHost(), mappedFiles(liveHost(), [child?.pid ?? 0]), liveHost(), closure).files;
  }

  function stale() {
    return staleFiles(liveHost(), mappedFiles(liveHost(), [child?.pid ?? 0])).files;
  }
});

async function untilMapped(pid: number, path: string): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (readFileSync(`/proc/${pid}/maps`, 'utf8').includes(path)) return;
    await setTimeout(20);
  }
  throw new Error(`${path} was not mapped in ten seconds`);
}
