import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CouldNotRun } from '../../src/documents/could-not-run.ts';
import { RememberingHost } from '../../src/host/remembering-host.ts';
import { RootedHost } from '../../src/host/rooted-host.ts';
import { loadService, mainCommand } from '../../src/service/service.ts';
import type { Machine } from '../hosts/machine.ts';
import { START_FILES, type StartCase } from './start-cases.ts';

const BATCH = 50;
const PATIENCE = { timeout: 300_000 };

/** Set for each run, or what the machine itself was started with. */
const PER_RUN = new Set(['INVOCATION_ID', 'JOURNAL_STREAM', 'SYSTEMD_EXEC_PID', 'LANG']);

/** Writes down what the process got: its environment as it began, and its arguments. */
const DUMP = `n=$1; shift
cat /proc/$$/environ > /started/$n.env
: > /started/$n.args
[ $# -eq 0 ] || printf '%s\\0' "$@" > /started/$n.args
`;

/** Starts each unit, and holds what its process got against what Cutover works out. */
export async function compareStarts(machine: Machine, cases: readonly StartCase[]): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'cutover-starts-'));
  try {
    chmodSync(directory, 0o755);
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text, 'latin1');
    };
    for (const [path, text] of Object.entries(START_FILES)) put(path, text);
    put('/dump', DUMP);
    for (const [index, { lines, args }] of cases.entries())
      put(`/etc/systemd/system/${unitOf(index)}`, unitText(lines, args));
    await machine.copyIn(directory, '/starts');
    await machine.mustRunShell(
      'cp -a /starts/. / && rm -r /starts && mkdir -m 1777 /started && systemctl daemon-reexec',
      PATIENCE,
    );
    for (let from = 0; from < cases.length; from += BATCH) {
      const units = cases.slice(from, from + BATCH).map((_, index) => unitOf(from + index));
      await machine.run(['systemctl', 'start', '--', ...units], PATIENCE);
    }
    await machine.copyOut('/started', join(directory, 'out'));
    const received = new Set(readdirSync(join(directory, 'out')));
    const host = new RememberingHost(new RootedHost(machine.view));
    return cases.flatMap((one, index) => {
      const part = (kind: string): string | undefined =>
        received.has(`${index}.${kind}`)
          ? readFileSync(join(directory, 'out', `${index}.${kind}`), 'utf8')
          : undefined;
      const theirs = shown(part('env'), part('args'));
      const ours = worked(host, unitOf(index));
      return ours === theirs ? [] : [`${JSON.stringify(one)}: systemd gave ${theirs}, Cutover says ${ours}`];
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function unitOf(index: number): string {
  return `start@${index}.service`;
}

function unitText(lines: readonly string[], args: readonly string[]): string {
  const command = `ExecStart=/bin/sh /dump %i ${args.join(' ')}`;
  return `[Unit]\nDefaultDependencies=no\nCollectMode=inactive-or-failed\n[Service]\nType=oneshot\n${lines.join('\n')}\n${command}\n`;
}

function shown(environment: string | undefined, args: string | undefined): string {
  if (environment === undefined || args === undefined) return 'nothing';
  const variables = environment
    .split('\0')
    .filter((pair) => pair !== '' && !PER_RUN.has(pair.slice(0, pair.indexOf('='))))
    .sort();
  return JSON.stringify([variables, args.split('\0').slice(0, -1)]);
}

function worked(host: RememberingHost, unit: string): string {
  try {
    const service = loadService(host, unit);
    const variables = [...service.environment.effective]
      .filter(([name]) => !PER_RUN.has(name))
      .map(([name, { value }]) => `${name}=${value.toString()}`);
    const args = mainCommand(service)?.words.slice(3).map(String) ?? [];
    return JSON.stringify([variables.sort(), args]);
  } catch (error) {
    if (error instanceof CouldNotRun) return 'nothing';
    throw error;
  }
}
