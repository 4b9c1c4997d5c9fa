import { expect, test } from 'vitest';
import { progressText } from './progress-text.ts';

const pipe = { colour: false, width: undefined };
const start = { direction: 'apply', step: 8, steps: 12, phase: 'begin', text: 'start lamp.service' } as const;

test('steps stand below each other, each with the time that has passed', () => {
  const next = { ...start, step: 9, text: 'look at\n\x1b[31mlamp' };
  expect(`${progressText(pipe, start, 49)}${progressText(pipe, next, 61_250)}`).toBe(
    '  apply  9/12   0.0 s  start lamp.service\n  apply 10/12  61.3 s  look at\\n\\x1b[31mlamp\n',
  );
});

test('why a step has failed is wrapped on a narrow screen', () => {
  const failed = {
    ...start,
    phase: 'failed',
    text: 'the job of lamp.service has failed: result exit-code',
  } as const;
  expect(progressText({ colour: false, width: 60 }, failed, 1234)).toBe(
    `  apply  9/12   1.2 s  FAILED the job of lamp.service has
                       failed: result exit-code
`,
  );
});
