import { resolve } from 'node:path';
import type { EngineOptions } from '../engine/apply.ts';
import type { ProgressEvent } from '../engine/progress.ts';
import { safe } from '../report/terminal/screen.ts';

export interface ProgressFlags {
  readonly quiet?: boolean | undefined;
}

/** Progress goes to standard error, one line an event, so that standard output stays the document. */
export function engineOptions(flags: ProgressFlags): EngineOptions {
  return {
    recoverCommand: [process.execPath, resolve(process.argv[1] ?? ''), 'recover', '--quiet'],
    onProgress: (event) => {
      if (flags.quiet !== true) showEvent(event);
    },
    onStaleLock: (holder) => {
      process.stderr.write(`the lock of ${safe(holder)}, which is gone, was taken over\n`);
    },
  };
}

function showEvent({ direction, step, steps, phase, text }: ProgressEvent): void {
  if (phase === 'done') return;
  const mark = phase === 'failed' ? 'FAILED ' : '';
  process.stderr.write(`  ${direction} ${step + 1}/${steps}  ${mark}${safe(text)}\n`);
}
