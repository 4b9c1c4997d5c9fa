import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  beginSchema,
  JOURNAL_VERSION,
  KNOWN_VERSIONS,
  type JournalRecord,
  type NewRecord,
  type RecordOf,
  recordSchema,
} from './record.ts';

const FIRST_PREV = '0'.repeat(64);
const HASH_TAIL = /,"hash":"([0-9a-f]{64})"\}$/;

export interface RecordLine<Type extends JournalRecord = JournalRecord> {
  /** With its line feed. */
  readonly line: string;
  readonly record: Type;
}

/** The first record of a journal. Throws when it is none that a reader would accept. */
export function beginLine(
  begin: Extract<NewRecord, { type: 'begin' }>,
  at: Date,
): RecordLine<RecordOf<'begin'>> {
  return lineOf(begin, undefined, at, beginSchema);
}

/**
 * A new record that follows `last`. Throws when it is none that a reader would accept; one of many steps is not looked at for
 * that, which would take as long as the steps: they are those of its plan, which was.
 */
export function recordLine(added: NewRecord, last: JournalRecord | undefined, at: Date): RecordLine {
  if (added.type !== 'intents' && added.type !== 'dones') return lineOf(added, last, at, recordSchema);
  const head = headOf(last, at);
  const { line, hash } = hashed({ ...head, ...added });
  return { line, record: { ...head, ...added, hash } };
}

function lineOf<Type extends JournalRecord>(
  added: NewRecord,
  last: JournalRecord | undefined,
  at: Date,
  schema: z.ZodType<Type>,
): RecordLine<Type> {
  const { line } = hashed({ ...headOf(last, at), ...added });
  return { line, record: schema.parse(JSON.parse(line)) };
}

function headOf(last: JournalRecord | undefined, at: Date) {
  return {
    v: JOURNAL_VERSION,
    n: last === undefined ? 0 : last.n + 1,
    at: at.toISOString(),
    prev: last?.hash ?? FIRST_PREV,
  } as const;
}

/** The line, with its line feed, of a record that has no hash yet. */
function hashed(record: object): { readonly line: string; readonly hash: string } {
  const body = JSON.stringify(record);
  const hash = sha256(body);
  return { line: `${body.slice(0, -1)},"hash":"${hash}"}\n`, hash };
}

export type ChainResult =
  | {
      readonly result: 'ok';
      readonly records: readonly JournalRecord[];
      readonly goodBytes: number;
      readonly torn: boolean;
    }
  | { readonly result: 'fault'; readonly line: number; readonly reason: string };

/**
 * Reads the lines of a journal and checks the chain. A torn last line is left out: what it announces was never
 * done. `goodBytes` is the length of the part that counts. See docs/format/journal.md, "Reading".
 */
export function readChain(bytes: Uint8Array): ChainResult {
  const text = Buffer.from(bytes);
  const records: JournalRecord[] = [];
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf(0x0a, from);
    const line = text.subarray(from, end === -1 ? text.length : end);
    const isLast = end === -1 || end === text.length - 1;
    if (end === -1 || (isLast && line.includes(0))) {
      return { result: 'ok', records, goodBytes: from, torn: true };
    }
    const read = readRecord(line.toString('utf8'), records.at(-1));
    if (typeof read === 'string') return { result: 'fault', line: records.length + 1, reason: read };
    records.push(read);
    from = end + 1;
  }
  return { result: 'ok', records, goodBytes: from, torn: false };
}

function readRecord(line: string, last: JournalRecord | undefined): JournalRecord | string {
  const version = /^\{"v":(\d+)[,}]/.exec(line)?.[1];
  if (version === undefined) return 'it does not start with a version';
  if (!KNOWN_VERSIONS.some((known) => known === Number(version)))
    return `it is of version ${version}, and only ${KNOWN_VERSIONS.join(', ')} are known`;
  const hash = HASH_TAIL.exec(line);
  if (hash === null) return 'it does not end with a hash';
  if (sha256(`${line.slice(0, hash.index)}}`) !== hash[1]) return 'its hash is not that of its bytes';
  const parsed = recordSchema.safeParse(jsonOf(line));
  if (!parsed.success) return `it is no record: ${whatIsWrong(parsed.error)}`;
  const record = parsed.data;
  if (record.n !== (last === undefined ? 0 : last.n + 1)) return `its number is ${record.n}`;
  if (record.prev !== (last?.hash ?? FIRST_PREV)) return 'it does not follow the record before it';
  if ((record.type === 'begin') !== (last === undefined))
    return `a record of type ${record.type} can't stand here`;
  return record;
}

const MOST_ISSUES = 3;

function whatIsWrong({ issues }: z.ZodError): string {
  const texts = issues.map(({ path, message }) =>
    [...(path.length > 0 ? [path.join('.')] : []), message].join(': '),
  );
  return texts.slice(0, MOST_ISSUES).join('; ');
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
