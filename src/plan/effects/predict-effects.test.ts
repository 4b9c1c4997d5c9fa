import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import type { Step } from '../../documents/plan.ts';
import { predictEffects } from './predict-effects.ts';

const UNITS = '/etc/systemd/system';
const SERVICE = '[Service]\nExecStart=/usr/bin/lamp\n';
const write = (path: string, content: string): Step => ({
  kind: 'file-write',
  role: 'file',
  path,
  content,
  mode: 0o644,
  uid: 0,
  gid: 0,
  before: { type: 'absent' },
});
const RESTART: Step = { kind: 'unit-restart', unit: 'lamp.service' };
/** Every unit of the host runs but these. */
const allBut = (...asleep: readonly string[]) => ({
  loaded: [],
  runs: (unit: string) => !asleep.includes(unit),
  wasSkipped: () => false,
});

test('what is said of a root holds for those that run', () => {
  const host = rootWith({
    [`${UNITS}/lamp.service`]: SERVICE,
    [`${UNITS}/keeper.service`]: `[Unit]\nRequires=lamp.service\n${SERVICE}`,
  });
  expect(predictEffects(host, 'lamp.service', [RESTART], undefined)).toEqual({
    restarts: ['lamp.service', 'keeper.service'],
    others: [
      {
        unit: 'keeper.service',
        does: 'restarts',
        by: 'lamp.service',
        relation: 'Requires',
        evidence: { file: `${UNITS}/keeper.service`, line: 2, column: 1 },
      },
    ],
    activity: 'assumed',
    downtime:
      'lamp.service is down from its stop to its start, and so is the unit restarted with it; everything else is prepared before',
  });
});

test('units are looked at as they will be once the files of the plan are written', () => {
  const host = rootWith({ [`${UNITS}/lamp.service`]: SERVICE, [`${UNITS}/keeper.service`]: SERVICE });
  const steps = [write(`${UNITS}/keeper.service.d/needs.conf`, '[Unit]\nBindsTo=lamp.service\n'), RESTART];
  expect(predictEffects(host, 'lamp.service', steps, allBut())).toMatchObject({
    restarts: ['lamp.service', 'keeper.service'],
    activity: 'observed',
  });
});

test('a path unit starts its unit when a file is written that it watches, or one in its directory', () => {
  const host = rootWith({
    [`${UNITS}/lamp.service`]: SERVICE,
    [`${UNITS}/wicks.path`]: '[Path]\nPathChanged=/etc/lamp/\nUnit=trim.service\n',
    [`${UNITS}/trim.service`]: SERVICE,
    [`${UNITS}/oil.path`]: '[Path]\nPathModified=/etc/oil\n',
    [`${UNITS}/oil.service`]: SERVICE,
  });
  const others = (path: string, now: ReturnType<typeof allBut>) =>
    (predictEffects(host, 'lamp.service', [write(path, ''), RESTART], now).others ?? []).map(
      ({ unit, does, by, relation }) => `${unit} ${does} by ${by} ${relation}`,
    );
  const asleep = allBut('trim.service', 'oil.service');
  expect(others('/etc/lamp/wick', asleep)).toEqual(['trim.service starts by wicks.path PathChanged']);
  expect(others('/etc/oil', asleep)).toEqual(['oil.service starts by oil.path PathModified']);
  expect(others('/etc/other', asleep)).toEqual([]);
  expect(others('/etc/oil', allBut('oil.service', 'oil.path'))).toEqual([]);
});

test('where state is copied, what starts the service is down too', () => {
  const host = rootWith({
    [`${UNITS}/lamp.service`]: SERVICE,
    [`${UNITS}/lamp.socket`]: '[Socket]\nListenStream=1\n',
  });
  const steps: Step[] = [
    { kind: 'unit-stop', unit: 'lamp.service' },
    { kind: 'state-snapshot', path: '/var/lib/lamp', why: 'oil' },
    { kind: 'unit-start', unit: 'lamp.service' },
  ];
  expect(predictEffects(host, 'lamp.service', steps, allBut())).toMatchObject({
    restarts: ['lamp.service', 'lamp.socket'],
    downtime:
      'lamp.service is down from its stop to its start, while its state is compared with its copy and what has changed is copied, and so is the unit restarted with it; everything else is prepared before',
  });
});

test('a draft looks at no other unit', () => {
  expect(predictEffects(rootWith({}), 'lamp.service', [RESTART], 'draft')).toEqual({
    restarts: ['lamp.service'],
    downtime: 'lamp.service is down from its stop to its start; everything else is prepared before',
  });
});

test('a service that does not run is started, not restarted; of a root nothing is known', () => {
  const host = rootWith({
    [`${UNITS}/lamp.service`]: SERVICE,
    [`${UNITS}/keeper.service`]: `[Unit]\nPartOf=lamp.service\n${SERVICE}`,
  });
  expect(predictEffects(host, 'lamp.service', [RESTART], allBut('lamp.service', 'keeper.service'))).toEqual({
    restarts: [],
    starts: ['lamp.service'],
    activity: 'observed',
    downtime: 'lamp.service does not run now, so its start takes nothing down',
  });
  expect(predictEffects(host, 'lamp.service', [RESTART], allBut('lamp.service'))).toMatchObject({
    restarts: ['keeper.service'],
    starts: ['lamp.service'],
    downtime: 'lamp.service does not run now, so its start takes one unit down',
  });
  expect(predictEffects(host, 'lamp.service', [RESTART], allBut())).not.toHaveProperty('starts');
  expect(predictEffects(host, 'lamp.service', [RESTART], undefined)).not.toHaveProperty('starts');
});
