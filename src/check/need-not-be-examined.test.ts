import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import type { CheckReport } from '../documents/check-report.ts';
import type { Step } from '../documents/plan.ts';
import { needNotBeExamined } from './need-not-be-examined.ts';

const write = (role: 'settings' | 'file'): Step => ({
  kind: 'file-write',
  role,
  path: '/etc/default/lamp',
  content: '',
  mode: 0o644,
  uid: 0,
  gid: 0,
  before: { type: 'absent' },
});
const RESTART: Step = { kind: 'unit-restart', unit: 'lamp.service' };
const REMOVAL: Step = {
  kind: 'file-remove',
  path: '/var/lib/lamp/latest',
  why: '',
  before: { type: 'absent' },
};

/** What check says where the checks of these names could not run. */
function reportOf(verdict: CheckReport['verdict'], ids: readonly string[]): CheckReport {
  return {
    apiVersion: 'cutover/v1',
    kind: 'CheckReport',
    service: 'lamp.service',
    commands: { today: '', tomorrow: '' },
    verdict,
    checks: [
      { id: 'unit-lines', title: '', result: 'ok', examined: 1 },
      ...ids.map((id) => ({ id, title: '', result: 'could-not-run' as const, examined: 0 })),
    ],
    findings: [],
    pointsOfNoReturn: [],
    notExamined: [],
  };
}

/** Of a change of these steps, where these checks could not run tomorrow, nor today unless told. */
function mayGoOn(
  [verdict, ids, today = ids]: readonly [CheckReport['verdict'], readonly string[], (readonly string[])?],
  ...steps: readonly Step[]
): boolean {
  const { plan } = beginRecord('20160615-152745-000-6a9c1f', 'lamp.service', steps);
  return needNotBeExamined(plan, reportOf(verdict, ids), () => reportOf('could-not-run', today));
}

test('a change of settings alone goes on where the program could not be looked at', () => {
  expect(
    mayGoOn(['could-not-run', ['libraries-missing', 'symbols-missing']], write('settings'), RESTART),
  ).toBe(true);
});

test('not where it was blocked, brings a file or removes one, a check of knowledge could not run, or it could before', () => {
  expect(mayGoOn(['blocked', ['libraries-missing']], write('settings'))).toBe(false);
  expect(mayGoOn(['could-not-run', ['libraries-missing']], write('settings'), write('file'))).toBe(false);
  expect(mayGoOn(['could-not-run', ['libraries-missing']], REMOVAL)).toBe(false);
  expect(mayGoOn(['could-not-run', ['mesos-modules']], write('settings'))).toBe(false);
  expect(mayGoOn(['could-not-run', ['libraries-missing'], []], write('settings'))).toBe(false);
});
