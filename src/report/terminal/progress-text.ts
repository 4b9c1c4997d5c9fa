import { rows } from './rows.ts';
import { type Screen, safe } from './screen.ts';

export interface Progress {
  readonly direction: string;
  /** Counts from 0. */
  readonly step: number;
  readonly steps: number;
  readonly phase: 'begin' | 'failed';
  readonly text: string;
}

/** A step that begins or has failed, so many milliseconds after the first one began. */
export function progressText(
  screen: Screen,
  { direction, step, steps, phase, text }: Progress,
  elapsedMs: number,
): string {
  const number = String(step + 1).padStart(String(steps).length);
  const seconds = (elapsedMs / 1000).toFixed(1).padStart(5);
  const mark = phase === 'failed' ? 'FAILED ' : '';
  const lines = rows(screen, [[`${direction} ${number}/${steps} ${seconds} s`, `${mark}${safe(text)}`]], 2);
  return `${lines.join('\n')}\n`;
}
