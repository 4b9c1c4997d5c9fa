import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Machine } from '../hosts/machine.ts';

/** What systemd gave a process: its variables as bytes in latin1, or undefined when it refused to start one. */
export type Received = ReadonlyMap<string, string> | undefined;

const BATCH = 50;
const UNIT = `[Unit]
DefaultDependencies=no
CollectMode=inactive-or-failed
[Service]
Type=oneshot
EnvironmentFile=/cases/%i
ExecStart=/bin/cp /proc/self/environ /received/%i
StandardOutput=null
StandardError=null
`;

/** Has systemd read each content as the environment file of a service, and brings back what its process got. */
export async function environmentsOfSystemd(
  machine: Machine,
  contents: readonly string[],
): Promise<Received[]> {
  const directory = mkdtempSync(join(tmpdir(), 'cutover-cases-'));
  try {
    mkdirSync(join(directory, 'in'));
    for (const [index, content] of contents.entries())
      writeFileSync(join(directory, 'in', String(index)), content, 'latin1');
    await machine.copyIn(join(directory, 'in'), '/cases');
    await machine.writeFile('/etc/systemd/system/case@.service', UNIT);
    await machine.mustRunShell('mkdir -p /received && systemctl daemon-reload');
    for (let from = 0; from < contents.length; from += BATCH) {
      const units = contents.slice(from, from + BATCH).map((_, index) => `case@${from + index}.service`);
      await machine.run(['systemctl', 'start', ...units], { timeout: 300_000 });
    }
    await machine.copyOut('/received', join(directory, 'out'));
    const received = new Set(readdirSync(join(directory, 'out')));
    return contents.map((_, index) =>
      received.has(String(index))
        ? variables(readFileSync(join(directory, 'out', String(index)), 'latin1'))
        : undefined,
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function variables(block: string): Received {
  const pairs = block.split('\0').filter((pair) => pair !== '');
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
