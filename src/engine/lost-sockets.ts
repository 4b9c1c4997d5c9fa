import type { Host } from '../host/host.ts';
import type { Processes, Systemd } from '../host/machine.ts';

/** A file system may tell times more coarsely than systemd. */
const SLACK_MS = 1000;

/** What a machine is asked for it. */
export interface Asked {
  readonly systemd: Pick<Systemd, 'listeningFiles'> & {
    show(unit: string): Promise<{ readonly activeSince: number }>;
  };
  readonly processes: Pick<Processes, 'sinceBootMs'>;
  readonly host: Pick<Host, 'lstat'>;
}

/**
 * Files at which socket units listen no more: they are gone, or somebody else has made them since. systemd holds its
 * socket all the same and says nothing; whoever connects or sends to the path reaches nobody, or another. Programs that
 * know no socket activation take paths over so, and remove them when they end.
 */
export async function lostSockets(
  { systemd, processes, host }: Asked,
  units: readonly string[],
): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const unit of units.filter((name) => name.endsWith('.socket'))) {
    const { activeSince } = await systemd.show(unit);
    const activeAt = Date.now() - processes.sinceBootMs() + activeSince / 1000;
    for (const path of await systemd.listeningFiles(unit)) {
      const facts = host.lstat(path);
      const madeAt = Number(facts?.mtimeNs ?? 0n) / 1e6;
      if (facts === undefined || madeAt > activeAt + SLACK_MS) lost.push(path);
    }
  }
  return lost;
}
