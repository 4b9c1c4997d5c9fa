import type { HeldSignals } from '../machine.ts';

/**
 * Keeps a session that drops or an impatient operator from ending this process between two steps. Node ignores
 * SIGPIPE itself; what it says of a terminal that is gone comes as an error of the stream.
 */
export function holdSignals(): HeldSignals {
  let first: string | undefined;
  const remember = (signal: NodeJS.Signals): void => {
    first ??= signal;
  };
  const ignore = (): void => undefined;
  const { stdout, stderr } = process;
  process.on('SIGHUP', ignore).on('SIGINT', remember).on('SIGTERM', remember);
  for (const stream of [stdout, stderr]) stream.on('error', ignore);
  return {
    came: () => first,
    letGo: () => {
      process.off('SIGHUP', ignore).off('SIGINT', remember).off('SIGTERM', remember);
      for (const stream of [stdout, stderr]) stream.off('error', ignore);
    },
  };
}
