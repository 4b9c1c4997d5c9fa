import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { bootMachine, type Machine } from '../test/hosts/machine.ts';
import { compare, type Contender, type Measurement } from './measurement.ts';
import { CUTOVER } from './whole-process.ts';

export type MeasuredService =
  | { readonly kind: 'measured'; readonly times: readonly Measurement[] }
  | { readonly kind: 'not-measured'; readonly reason: string };

const ROUNDS = 15;
const PACKAGES = ['nginx', 'nginx-common'];

/** All settings of nginx, installed and running, against starting node alone and against asking systemd itself. */
export async function measureService(): Promise<MeasuredService> {
  const fetched = mkdtempSync(`${tmpdir()}/cutover-bench-`);
  const machine = await bootMachine({ name: 'bench' });
  try {
    execFileSync('apt-get', ['-qq', '-o', 'APT::Sandbox::User=root', 'download', ...PACKAGES], {
      cwd: fetched,
      stdio: 'pipe',
    });
    await machine.copyIn(fetched, '/packages');
    await machine.mustRunShell(
      'DEBIAN_FRONTEND=noninteractive dpkg --install --force-depends /packages/*.deb',
    );
    await machine.mustRunShell('systemctl restart nginx.service');
    return { kind: 'measured', times: await measureOn(machine) };
  } catch (error) {
    return { kind: 'not-measured', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await machine.throwAway();
    rmSync(fetched, { recursive: true });
  }
}

async function measureOn(machine: Machine): Promise<Measurement[]> {
  const contender = (title: string, command: readonly string[]): Contender => ({
    title,
    run: () => timeInside(machine, command),
  });
  const trace = contender('trace of nginx.service', [process.execPath, CUTOVER, 'trace', 'nginx.service']);
  const bare = contender('node -e 0', [process.execPath, '-e', '0']);
  const asked = contender('systemctl show, systemctl cat', [
    'sh',
    '-c',
    'systemctl show nginx.service && systemctl cat nginx.service',
  ]);
  return [await compare(trace, bare, ROUNDS, 3), await compare(trace, asked, ROUNDS)];
}

/** How long a command takes in the machine, without the way into it, in milliseconds. */
async function timeInside(machine: Machine, command: readonly string[]): Promise<number> {
  const { stdout } = await machine.run([process.execPath, '-e', TIME, ...command]);
  return Number(stdout);
}

const TIME = `
const [program, ...args] = process.argv.slice(1);
const start = performance.now();
const { status, stderr } = require('node:child_process').spawnSync(program, args);
if (status !== 0) throw new Error(String(stderr));
console.log(performance.now() - start);
`;
