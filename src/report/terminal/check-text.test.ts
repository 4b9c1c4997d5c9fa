import { expect, test } from 'vitest';
import type { CheckReport } from '../../documents/check-report.ts';
import { checkText } from './check-text.ts';

const PLAIN = { colour: false, width: undefined };
const REPORT: CheckReport = {
  apiVersion: 'cutover/v1',
  kind: 'CheckReport',
  service: 'lighthouse.service',
  commands: { today: '/usr/bin/lamp -b', tomorrow: '/srv/lamp -b' },
  verdict: 'blocked',
  checks: [
    { id: 'program', title: 'The program can run', result: 'ok', examined: 2 },
    { id: 'libraries-missing', title: 'Every library is found', result: 'fault', examined: 7 },
    {
      id: 'lamp-flags',
      title: 'Every flag is known',
      result: 'could-not-run',
      examined: 0,
      reason: 'no version',
    },
  ],
  findings: [
    {
      id: 'lamp-dir',
      severity: 'note',
      subject: 'LAMP_DIR',
      reason: 'It moved.',
      evidence: [],
      remedy: 'Nothing.',
    },
    {
      id: 'libraries-missing',
      severity: 'blocker',
      subject: 'libglow.so.2',
      reason: 'Nothing provides it.',
      evidence: [{ file: '/srv/lamp', line: 3, column: 5 }, { how: 'searched /usr/lib\u001b[31m' }],
      remedy: 'Install it.',
    },
  ],
  pointsOfNoReturn: [
    { id: 'lamp-id', title: 'The lamp gets a new id', why: 'It is written anew.', accepted: false },
  ],
  notExamined: ['the colour of the light'],
};

test('findings worst first, then what was looked at, then the verdict', () => {
  expect(checkText(PLAIN, REPORT)).toBe(
    `today:     /usr/bin/lamp -b
tomorrow:  /srv/lamp -b

blocker  libglow.so.2  [libraries-missing]
  Nothing provides it.
  seen:  /srv/lamp:3:5
  seen:  searched /usr/lib\\x1b[31m
  do:    Install it.

note  LAMP_DIR  [lamp-dir]
  It moved.
  do:  Nothing.

point of no return  The lamp gets a new id  [lamp-id]
  It is written anew.
  not accepted; a spec accepts it with: accept: [lamp-id]

ok  program                The program can run: 2 examined
no  libraries-missing      Every library is found: 7 examined
could not run  lamp-flags  Every flag is known: no version
not examined: the colour of the light

blocked: 1 blocker, 0 warnings, 1 note for lighthouse.service; checked 2, could not run 1 because lamp-flags: no version
`,
  );
});
