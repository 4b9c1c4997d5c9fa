import type { Finding } from '../../documents/check-report.ts';
import type { CheckRun } from '../check-outcome.ts';
import type { CheckDescription } from '../knowledge.ts';
import type { StateAdvice } from '../plan-advice.ts';

/** Data that a program keeps on disk in formats that grow with its releases, and which of them its own release reads. */
export interface StateFormats {
  readonly check: CheckDescription;
  /** For people: "Redis 7.0.15". */
  readonly program: string;
  /** What lies there, with the format that it was written in. */
  readonly found: readonly StateFile[];
  /** The formats that the program reads, and the one that it writes; undefined where its release is not known. */
  readonly knows: FormatRange | undefined;
  /** What the program says of a format that it does not read. */
  readonly refusal: (format: number) => string;
}

export interface StateFile {
  readonly path: string;
  readonly format: number;
}

export interface FormatRange {
  readonly from: number;
  /** The highest one, which it writes. */
  readonly to: number;
}

/**
 * Whether tomorrow's program reads what lies there, and today's what tomorrow's will have written. `tomorrow` undefined: it
 * is none of the programs that are known.
 */
export function stateIsRead(today: StateFormats, tomorrow: StateFormats | undefined): CheckRun {
  if (tomorrow === undefined)
    return { examined: today.found.length, findings: today.found.map(foreign(today)) };
  const { found, knows } = tomorrow;
  if (found.length === 0) return { examined: 0, findings: [] };
  if (knows === undefined) {
    if (today.knows === undefined) return { examined: 0, findings: [] };
    return { couldNotRun: `what ${tomorrow.program} reads is not known` };
  }
  return {
    examined: found.length,
    findings: found.flatMap((file) => {
      if (file.format < knows.from || file.format > knows.to) return [unread(file, tomorrow, knows)];
      return today.knows !== undefined && knows.to > today.knows.to
        ? [oneWay(file, today, tomorrow, knows)]
        : [];
    }),
  };
}

/** Copies of what today's program could not read any more, once tomorrow's has written it. */
export function stateToKeep(today: StateFormats, tomorrow: StateFormats | undefined): StateAdvice[] {
  const [before, after] = [today.knows, tomorrow?.knows];
  if (tomorrow === undefined || before === undefined || after === undefined || after.to <= before.to)
    return [];
  return today.found.map(({ path }) => ({
    path,
    class: 'snapshot',
    why: `${tomorrow.program} writes it in the format ${after.to}, and ${today.program} reads none above ${before.to}`,
  }));
}

type Found = Omit<Finding, 'id'>;

function unread(
  { path, format }: StateFile,
  { program, refusal }: StateFormats,
  { from, to }: FormatRange,
): Found {
  const range = from === to ? `${to} alone` : `${from} to ${to}`;
  return {
    severity: 'blocker',
    subject: path,
    reason: `It was written in the format ${format}, and ${program} reads ${range}: ${refusal(format)}`,
    evidence: [{ how: `the first bytes of ${path}` }],
    remedy: `Bring the data over by the program's own means (a dump and a restore), or let the new program start with data of its own.`,
  };
}

function oneWay(
  { path }: StateFile,
  today: StateFormats,
  { program }: StateFormats,
  { to }: FormatRange,
): Found {
  return {
    severity: 'note',
    subject: path,
    reason: `${program} writes it in the format ${to}, which ${today.program} does not read (up to ${today.knows?.to ?? '?'}): going back wants the copy of before, and what was written since is lost.`,
    evidence: [{ how: `the releases of the two programs` }],
    remedy: 'Nothing: the plan copies it while the service is down, and a rollback brings the copy back.',
  };
}

function foreign({ program }: StateFormats): (file: StateFile) => Found {
  return ({ path, format }) => ({
    severity: 'note',
    subject: path,
    reason: `${program} keeps its data there, in the format ${format}. Whether the program of tomorrow reads it is not known.`,
    evidence: [{ how: `the first bytes of ${path}` }],
    remedy: 'Look it up in the documentation of the new program, and bring the data over by its means.',
  });
}
