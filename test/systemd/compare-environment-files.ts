import { readEnvironmentFile } from '../../src/formats/environment-file/parse-environment-file.ts';
import type { Received } from './environments-of-systemd.ts';

/** What systemd sets itself, whatever the file says. */
const OWN = new Set(['PATH', 'LANG', 'INVOCATION_ID', 'JOURNAL_STREAM', 'SYSTEMD_EXEC_PID']);

/** The difference between what Cutover and what systemd read in a file (bytes in latin1), if there is one. */
export function compareEnvironmentFile(content: string, received: Received): string | undefined {
  const read = readEnvironmentFile('/case', Buffer.from(content, 'latin1'));
  const our =
    read.refused === undefined
      ? read.assignments.map(
          ({ name, value }) => [name, Buffer.from(value.toString()).toString('latin1')] as const,
        )
      : undefined;
  const [ours, theirs] = [our, received].map((variables) => shown(variables));
  return ours === theirs ? undefined : `${JSON.stringify(content)}: systemd has ${theirs}, Cutover ${ours}`;
}

/** The last of two variables of one name counts. */
function shown(variables: Iterable<readonly [string, string]> | undefined): string {
  if (variables === undefined) return 'refused it';
  const sorted = [...new Map(variables)]
    .filter(([name]) => !OWN.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted));
}
