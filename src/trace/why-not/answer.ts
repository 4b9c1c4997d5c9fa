import type { WhyNotAnswer } from '../../documents/why-not.ts';

/** What is said of a line or a file. */
export type Answer = WhyNotAnswer;
export type Because = NonNullable<Answer['because']>;

type More = Pick<Answer, 'because' | 'next'>;

export function inForce(reason: string, more: More = {}): Answer {
  return { effect: 'in-force', reason, ...more };
}

export function noEffect(reason: string, more: More = {}): Answer {
  return { effect: 'no-effect', reason, ...more };
}

export function notASetting(reason: string, more: More = {}): Answer {
  return { effect: 'not-a-setting', reason, ...more };
}

export function unknown(reason: string, more: More = {}): Answer {
  return { effect: 'unknown', reason, ...more };
}

/** `file:line`, or the file alone. */
export function showBecause({ file, line }: Because): string {
  return line === undefined ? file : `${file}:${line}`;
}
