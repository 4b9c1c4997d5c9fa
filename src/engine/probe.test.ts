import { expect, test } from 'vitest';
import type { HttpProbe } from '../documents/plan.ts';
import { judge, judgeCommand, judgeLog } from './probe.ts';

const url = 'http://127.0.0.1:5051/state';
const probe = (...json: HttpProbe['json']): HttpProbe => ({
  title: 'the agent has an id',
  url,
  status: 200,
  json,
});
const body = JSON.stringify({
  id: 'S0',
  flags: { 'a/b~c': 'gpu/nvidia,posix/disk' },
  frameworks: [],
  gpus: 2,
  text: 'a\u001b[31m',
});
const answer = { answered: true, status: 200, body } as const;

test.each([
  [probe(), answer, true, `${url}: status 200`],
  [probe({ pointer: '/id', must: 'be-non-empty' }), answer, true, `${url}: /id is S0`],
  [probe({ pointer: '/id', must: 'equal', value: 'S1' }), answer, false, `${url}: /id is S0, not S1`],
  [probe({ pointer: '/gpus', must: 'equal', value: '2' }), answer, true, `${url}: /gpus is 2`],
  [probe({ pointer: '/frameworks', must: 'be-non-empty' }), answer, false, `${url}: /frameworks is empty`],
  [
    probe({ pointer: '/frameworks/0', must: 'be-non-empty' }),
    answer,
    false,
    `${url}: there is no /frameworks/0`,
  ],
  [
    probe({ pointer: '/flags/a~1b~0c', must: 'contain', value: 'gpu/nvidia' }),
    answer,
    true,
    `${url}: /flags/a~1b~0c is gpu/nvidia,posix/disk`,
  ],
  [
    probe({ pointer: '/text', must: 'contain', value: 'b' }, { pointer: '/id', must: 'be-non-empty' }),
    answer,
    false,
    `${url}: /text is a?[31m, which does not contain b`,
  ],
  [probe(), { ...answer, status: 503 }, false, `${url}: status 503, not 200`],
  [
    probe({ pointer: '/id', must: 'be-non-empty' }),
    { ...answer, body: '<html>' },
    false,
    `${url}: the answer is not JSON`,
  ],
  [probe(), { answered: false, reason: 'connection refused' }, false, `${url}: connection refused`],
] as const)('%j', (asked, given, holds, detail) => {
  expect(judge(asked, given)).toEqual({ title: 'the agent has an id', holds, detail });
});

const logged = { read: true, lines: ['12:00 lamp: it glows', '12:01 lamp: oops\u001b[31m'] } as const;
const unreadable = {
  read: false,
  reason: 'No journal files were opened\ndue to insufficient permissions.',
} as const;

test.each([
  ['it glows', 'appear', logged, true, 'logged: 12:00 lamp: it glows'],
  ['oops', 'not-appear', logged, false, 'logged: 12:01 lamp: oops?[31m'],
  ['smoke', 'appear', logged, false, 'not logged: smoke'],
  ['smoke', 'not-appear', logged, true, 'not logged: smoke'],
  [
    'smoke',
    'appear',
    unreadable,
    false,
    'no log: No journal files were opened?due to insufficient permissions.',
  ],
  [
    'smoke',
    'not-appear',
    unreadable,
    false,
    'no log: No journal files were opened?due to insufficient permissions.',
  ],
] as const)('the log must have %j %s', (log, must, given, holds, detail) => {
  expect(judgeLog({ title: 'it glows', log, must }, given)).toEqual({ title: 'it glows', holds, detail });
});

const ended = { status: 0, stdout: '', stderr: '' } as const;
const long = 'x'.repeat(201);

test.each([
  [undefined, ended, true, 'lamp ask ended with 0'],
  [undefined, { ...ended, status: 3 }, false, 'lamp ask ended with 3'],
  [
    undefined,
    { ...ended, status: undefined, stderr: 'lamp took longer than 2 s\n' },
    false,
    'lamp ask did not end well: lamp took longer than 2 s',
  ],
  [
    undefined,
    { ...ended, status: 1, stdout: 'looks\n\nthe wick is wet\r\nit is \x1b[31mout\n \n' },
    false,
    'lamp ask ended with 1, printed the wick is wet | it is ?[31mout',
  ],
  [
    undefined,
    { ...ended, status: 1, stdout: `${long}\n`, stderr: 'no oil\n' },
    false,
    `lamp ask ended with 1: no oil, printed ${long.slice(1)}…`,
  ],
  ['lit', { ...ended, stdout: 'it is lit\n' }, true, 'lamp ask printed it is lit'],
  ['lit', { ...ended, stdout: 'it is out\n' }, false, 'lamp ask printed it is out, not lit'],
  ['lit', { ...ended, stdout: '\n' }, false, 'lamp ask printed nothing, not lit'],
  ['x', { ...ended, stdout: long }, true, `lamp ask printed ${long.slice(1)}…`],
] as const)('a command that shall print %j and ends so: %j', (prints, end, holds, detail) => {
  const asked = { title: 'it glows', command: ['lamp', 'ask'], ...(prints === undefined ? {} : { prints }) };
  expect(judgeCommand(asked, end)).toEqual({ title: 'it glows', holds, detail });
});
