import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
import { dropInPath } from '../service/drop-in-path.ts';

/** A drop-in that is there only while a change is under way. */
export interface Guard {
  readonly path: string;
  readonly content: string;
  /** While this file is there the service may start. It is gone after a boot. */
  readonly flag: string;
}

/**
 * Keeps a service from being started, by a boot or by `Restart=`, from the first file that a change writes until its
 * state is copied: the new program would work on state of which there is no copy yet. On a way back until its state is back. A unit whose condition does not
 * hold is skipped, not failed. Source: systemd.unit(5), "Conditions and Asserts".
 */
export function guardOf(service: string): Guard {
  const flag = `/run/cutover/${createHash('sha256').update(service).digest('hex').slice(0, 16)}`;
  const content = [
    '# Written by Cutover while a change of this service is under way. If it is still here: cutover status',
    '[Unit]',
    `ConditionPathExists=${flag}`,
    '',
  ].join('\n');
  // Read last, so that an empty ConditionPathExists= of another drop-in does not lift it.
  return { path: `${dirname(dropInPath(service))}/zz-cutover-guard.conf`, content, flag };
}
