import { HostError } from '../host.ts';
import { liveHost } from '../rooted-host.ts';
import type { CommandEnd, Systemd } from '../machine.ts';
import { COMPANION_PROPERTIES, findCompanions } from './companions.ts';
import { readListeningFiles } from './listening-files.ts';
import { runCommand } from './run-command.ts';
import { readUnitFacts, UNIT_PROPERTIES } from './show-unit.ts';

const ANSWER_LIMIT_MS = 30_000;

/** The system manager of this machine, through its own tools. */
export const systemctl: Systemd = {
  whyNot: async () => {
    // The test sd_booted(3) makes.
    if (liveHost().lstat('/run/systemd/system') === undefined) return 'systemd does not run here';
    const { status, stdout, stderr } = await runCommand('systemctl', ['is-system-running'], ANSWER_LIMIT_MS);
    if (status === undefined) return stderr;
    return stdout.trim() === '' || stdout.trim() === 'offline'
      ? `systemd does not answer: ${stderr}`
      : undefined;
  },
  show: async (unit) => {
    const properties = UNIT_PROPERTIES.map((name) => `--property=${name}`);
    return readUnitFacts(await answer(unit, ['show', ...properties, '--', unit], ANSWER_LIMIT_MS));
  },
  daemonReload: async () => {
    await answer('systemd', ['daemon-reload'], 5 * ANSWER_LIMIT_MS);
  },
  resetFailed: async (unit) => {
    // Fails for a unit that is not loaded; that one has nothing to forget.
    await runCommand('systemctl', ['reset-failed', '--', unit], ANSWER_LIMIT_MS);
  },
  companions: async (unit) => {
    const properties = COMPANION_PROPERTIES.map((name) => `--property=${name}`);
    return await findCompanions(
      unit,
      async (units) => await answer(unit, ['show', ...properties, '--', ...units], ANSWER_LIMIT_MS),
    );
  },
  refusedJobs: async (unit) => {
    const args = ['show', '--property=CanStart', '--property=CanStop', '--', unit];
    const said = await answer(unit, args, ANSWER_LIMIT_MS);
    return (['start', 'stop'] as const).filter((job) =>
      said.includes(job === 'start' ? 'CanStart=no' : 'CanStop=no'),
    );
  },
  listeningFiles: async (socket) =>
    readListeningFiles(await answer(socket, ['show', '--property=Listen', '--', socket], ANSWER_LIMIT_MS)),
  stop: async (units, limitMs) => {
    await answer(units.join(' '), ['stop', '--', ...units], limitMs);
  },
  start: async (units, limitMs) => {
    return complaintOf(await runCommand('systemctl', ['start', '--', ...units], limitMs));
  },
  restart: async (unit, limitMs) => {
    return complaintOf(await runCommand('systemctl', ['restart', '--', unit], limitMs));
  },
  log: async (unit, sinceMs, lines) => {
    const since = `--since=@${Math.floor(sinceMs / 1000)}`;
    const options = [
      `--unit=${unit}`,
      since,
      `--lines=${lines}`,
      '--output=short-iso',
      '--no-pager',
      '--quiet',
    ];
    const { status, stdout, stderr } = await runCommand('journalctl', options, ANSWER_LIMIT_MS);
    if (status !== 0) return { read: false, reason: stderr === '' ? 'journalctl failed' : stderr };
    return { read: true, lines: stdout.split('\n').filter((line) => line !== '') };
  },
};

async function answer(about: string, args: readonly string[], limitMs: number): Promise<string> {
  const { status, stdout, stderr } = await runCommand('systemctl', args, limitMs);
  if (status !== 0) throw new HostError(about, 'io', stderr === '' ? `systemctl ${args[0]} failed` : stderr);
  return stdout;
}

/** Why a job failed. That files are not read yet is said as well, of a guard that was lifted, say: it is no cause. */
export function complaintOf({ status, stderr }: CommandEnd): string | undefined {
  if (status === 0) return undefined;
  return stderr
    .split('\n')
    .filter((line) => !(line.startsWith('Warning: ') && line.includes(' changed on disk')))
    .join('\n');
}
