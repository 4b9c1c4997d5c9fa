import { describe, test } from 'vitest';
import { canBoot } from './can-boot.ts';

/**
 * A `describe` whose tests boot machines. Where none can boot they are skipped, and said to be; under
 * CI=true that is a failure, because a green run that has tried nothing says nothing.
 */
export function describeOnMachine(title: string, tests: () => void): void {
  const possible = canBoot();
  if (possible.ok) {
    describe(title, tests);
    return;
  }
  if (process.env['CI'] === 'true') {
    test(title, () => {
      throw new Error(`CI=true, and no test machine can boot here: ${possible.reason}`);
    });
    return;
  }
  process.stderr.write(`SKIPPED, no test machine can boot here: ${title}\n  ${possible.reason}\n`);
  describe.skip(`${title} (skipped: ${possible.reason})`, tests);
}
