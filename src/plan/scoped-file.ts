import { dirname } from 'node:path/posix';
import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { dropInPath } from '../service/drop-in-path.ts';

export interface ScopedFile {
  readonly kept: string;
  /** The file in whose place the service sees it. */
  readonly place: string;
  readonly bind: string;
}

/** Where a file that the service alone shall see is kept, and the line that shows it there. systemd reads `*.conf` only. */
export function scopedFile(host: Host, service: string, path: string): ScopedFile {
  const place = host.realPath(path);
  if (place === undefined || host.stat(place)?.type !== 'file') {
    throw new CouldNotRun(
      `${path} ${place === undefined ? 'does not exist' : 'is no file'}, so the service alone can't be shown another`,
      {
        why: 'A file is bound over one that is there. Where there is none, systemd would make one for everybody.',
        next: "Leave 'for: service' out: nobody else reads a file that is not there.",
      },
    );
  }
  if (/[\s"'\\%$:;]/.test(place))
    throw new CouldNotRun(`${place} has a character that a unit file can't name safely`);
  const kept = `${dirname(dropInPath(service))}/90-cutover.files${place}`;
  return { kept, place, bind: `${kept}:${place}` };
}
