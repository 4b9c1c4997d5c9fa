import type { Seen } from './effects-machine.ts';

/** What is not as it was predicted, in words; empty where all of it is. */
export function disagreements(seen: Seen): string[] {
  return [
    ...compared('unit', seen.predicted, seen.applied, 'of the change'),
    ...seen.outcomes.flatMap((outcome, index) =>
      outcome.startsWith(index === 0 ? 'committed' : 'rolled-back') ? [] : [outcome],
    ),
    // What did not run and was started by the change runs now: the way back does no more than the change.
    ...seen.rolledBack
      .filter((change) => !seen.predicted.some((predicted) => nameOf(predicted) === nameOf(change)))
      // Of a service that did not run what could start it stops while it is put back, and waits again in the end.
      .filter((change) => !/\.(?:socket|path) restarts$/.test(change))
      .map((change) => `unit seen, not predicted of the way back: ${change}`),
    ...compared('file', seen.footprint, seen.changed, 'of the change'),
    ...compared('file', [], seen.left, 'after the way back'),
  ];
}

export function rowOf(title: string, seen: Seen): string {
  const found = disagreements(seen);
  const others = seen.applied.length - 1;
  const head = `${found.length === 0 ? 'agree   ' : 'DISAGREE'}  ${title.padEnd(26)} ${seen.way.padEnd(14)} ${String(others).padStart(3)} other units  ${String(seen.changed.length).padStart(2)} files`;
  return [head, ...found.map((line) => `            ${line}`)].join('\n');
}

function nameOf(change: string): string {
  return change.slice(0, change.lastIndexOf(' '));
}

function compared(
  what: string,
  expected: readonly string[],
  found: readonly string[],
  when: string,
): string[] {
  return [
    ...expected
      .filter((one) => !found.includes(one))
      .map((one) => `${what} predicted, not seen ${when}: ${one}`),
    ...found
      .filter((one) => !expected.includes(one))
      .map((one) => `${what} seen, not predicted ${when}: ${one}`),
  ];
}
