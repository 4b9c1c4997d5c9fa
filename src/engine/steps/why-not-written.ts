import { createHash } from 'node:crypto';
import type { Host } from '../../host/host.ts';
import { entryState } from '../../plan/entry-state.ts';
import type { StepOf } from '../step-action.ts';

/** A text says what is not as it was to be written. */
export function whyNotWritten(step: StepOf<'file-write' | 'file-replace'>, host: Host): string | undefined {
  const { path, mode, uid, gid } = step;
  const state = entryState(host, path);
  const sha256 =
    step.kind === 'file-write' ? createHash('sha256').update(step.content).digest('hex') : step.sha256;
  const equal =
    state.type === 'file' &&
    state.sha256 === sha256 &&
    state.mode === mode &&
    state.uid === uid &&
    state.gid === gid;
  return equal ? undefined : `${path} is not what was written to it`;
}
