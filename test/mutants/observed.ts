import type { CrashMachine } from '../crash/crash-machine.ts';

/** A run that takes longer does not end: those of the engine as it is take seconds. */
const LIMIT_MS = 90_000;

/** What of Cutover's own is on the machine: names and modes, the kinds of its records, whether a lock says whose it is. */
const OWN = `cd /var/lib/cutover && find . ! -path './store/*/*' -printf '%P %y %m %U:%G\\n' | sort
  test -s lock && echo 'the lock says whose it is'
  for records in journal/*/records.jsonl; do
    sed -nE '/\\}$/s/.*"type":"([a-z]+)"(,"direction":"([a-z]+)","step":([0-9]+),("action":\\{"kind":"([a-z-]+)")?)?.*/\\1 \\3 \\4 \\6/p' $records
  done
  find /etc /run/systemd /usr/local /opt /var/lib -name '*cutover*' ! -path '/etc/ssl/*' | sort; ls -A /run/cutover* 2> /dev/null; true`;

/** Runs a command; what it said and what the machine is like then, without what differs from run to run. */
export async function observed(
  crash: CrashMachine,
  words: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const run = await crash.tryRun(words, { HARNESS_TELLS: '1', ...environment }, LIMIT_MS);
  const said = `${words} ended with ${run.status}\n${plain(run.stdout)}\n${run.stderr}`;
  return withoutChance(`${said}\n${await seen(crash)}`);
}

export async function seen(crash: CrashMachine): Promise<string> {
  const side = await crash.side();
  const text = typeof side === 'string' ? side : side.neither.replaceAll(/ \d+\.\d{10}/g, '');
  return withoutChance(`${text}\n${await crash.machine.mustRunShell(OWN)}`);
}

function plain(stdout: string): string {
  if (!/^[[{]/.test(stdout)) return stdout;
  return JSON.stringify(
    JSON.parse(stdout),
    (key, value: unknown) => (CHANCE.includes(key) ? undefined : value),
    1,
  );
}

const CHANCE = ['downtimeMs', 'log', 'confirmBefore', 'since'];

function withoutChance(text: string): string {
  return text
    .replaceAll(/\d{8}-\d{6}-\d{3}-[0-9a-f]{6}/g, 'CHANGE')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
    .replaceAll(/process \d+/g, 'process N')
    .replaceAll(/\b\d+(\.\d+)? s\b/g, 'N s');
}
