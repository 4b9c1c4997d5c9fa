import { CouldNotRun } from '../documents/could-not-run.ts';
import type { Host } from '../host/host.ts';
import { UNIT_SEARCH_PATH } from '../service/unit-search-path.ts';
import { shellWord } from '../text/shell-word.ts';

/** Throws `CouldNotRun` for `ssh.service:10`: lines are of files, and a service may have several. */
export function refuseLineOfService(host: Host, asked: string): void {
  const match = /^(.+?)((?::\d+){1,2})$/.exec(asked);
  const [, name = '', position = ''] = match ?? [];
  if (match === null || fileOf(host, asked) !== undefined) return;
  const file = fileOf(host, name) ?? fileOf(host, `${name}.service`);
  throw new CouldNotRun(`${asked}: a service has no lines, its files have`, {
    next:
      file === undefined
        ? `cutover trace FILE${position}    with a path, such as ${shellWord(`./${name}${position}`)}`
        : `cutover trace ${shellWord(`${file}${position}`)}`,
  });
}

function fileOf(host: Host, unit: string): string | undefined {
  return UNIT_SEARCH_PATH.map((directory) => `${directory}/${unit}`).find(
    (path) => host.lstat(path) !== undefined,
  );
}
