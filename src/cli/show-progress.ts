import { fstatSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { EngineOptions } from '../engine/apply.ts';
import type { ProgressEvent } from '../engine/progress.ts';
import { progressText } from '../report/terminal/progress-text.ts';
import { safe } from '../report/terminal/screen.ts';
import { errorScreen } from './output.ts';

export interface ProgressFlags {
  readonly quiet?: boolean | undefined;
  readonly progressFd?: string | undefined;
}

/** Progress goes to standard error, an event after the other, so that standard output stays the document. */
export function engineOptions(flags: ProgressFlags): EngineOptions {
  const descriptor = flags.progressFd === undefined ? undefined : descriptorOf(flags.progressFd);
  const show = progressShower();
  return {
    recoverCommand: [process.execPath, resolve(process.argv[1] ?? ''), 'recover', '--quiet'],
    onProgress: (event) => {
      if (flags.quiet !== true) show(event);
      if (descriptor !== undefined) writeEvent(descriptor, event);
    },
    onStaleLock: (holder) => {
      process.stderr.write(`the lock of ${safe(holder)}, which is gone, was taken over\n`);
    },
    onDamaged: ({ problem }) => {
      process.stderr.write(`warning: ${safe(problem.message)}; of which service it is, is not known\n`);
    },
  };
}

function descriptorOf(text: string): number {
  const descriptor = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  try {
    fstatSync(descriptor);
  } catch {
    throw new CouldNotRun(`--progress-fd ${text} is no open file descriptor`, {
      next: 'For a file: --progress-fd 3 3> FILE',
    });
  }
  return descriptor;
}

/** `{"at", "direction", "step", "steps", "kind", "phase", "text"}`; steps count from 0. A reader that is gone stops nothing. */
function writeEvent(descriptor: number, event: ProgressEvent): void {
  try {
    writeSync(descriptor, `${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`);
  } catch {
    // EPIPE, or a full disk: the change itself goes on.
  }
}

/** Shows what it is told, with the time since the first of it. */
function progressShower(): (event: ProgressEvent) => void {
  let begunAt: number | undefined;
  return ({ phase, ...event }) => {
    begunAt ??= performance.now();
    if (phase === 'done') return;
    process.stderr.write(progressText(errorScreen(), { ...event, phase }, performance.now() - begunAt));
  };
}
