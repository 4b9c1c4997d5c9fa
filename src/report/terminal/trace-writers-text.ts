import type { TraceWriter } from '../../documents/trace.ts';
import { paragraph } from './rows.ts';
import { type Screen, safe } from './screen.ts';

/** The programs that write a file at run time, under a heading; empty where there are none. */
export function writerSection(screen: Screen, writers: readonly TraceWriter[]): string[] {
  if (writers.length === 0) return [];
  const lines = writers.flatMap(({ program, via, unit, why }) => [
    `    ${safe(program)}`,
    ...paragraph(screen, `run by ${safe(unit)} (${safe(via.file)}:${via.line}); ${safe(why)}`, 6),
  ]);
  return ['  written at run time by', ...lines, ''];
}
