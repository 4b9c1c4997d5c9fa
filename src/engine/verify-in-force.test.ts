import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { machineIn } from '../../test/machine-in.ts';
import { unitFacts } from '../../test/unit-facts.ts';
import type { Step } from '../documents/plan.ts';
import type { Systemd, UnitFacts } from '../host/machine.ts';
import { Journal } from '../journal/journal.ts';
import type { Verified } from '../journal/record.ts';
import { verifyInForce } from './verify-in-force.ts';

const NEW = 'sha256 7aa7a5359173d05b63cfd682e3c38487f3cb4f7f1d60659fe59fab1505977d4c';
const DROP_IN = '/etc/systemd/system/lamp.service.d/50-cutover.conf';
const before = { type: 'absent' } as const;
const owner = { mode: 0o644, uid: 0, gid: 0 };
const write = (path: string, role: 'file' | 'drop-in' = 'file', content = 'new\n'): Step => ({
  kind: 'file-write',
  role,
  path,
  content,
  ...owner,
  before,
});

async function verified(
  files: Parameters<typeof machineIn>[0],
  steps: readonly Step[],
  show: Systemd['show'] = async () => unitFacts(),
  unitBefore: Partial<UnitFacts> = {},
): Promise<Verified> {
  const machine = machineIn(files, { show });
  const begin = beginRecord('20160615-152745-000-6a9c1f', 'lamp.service', steps);
  const known = { ...begin.before, unit: unitFacts(unitBefore) };
  return await verifyInForce(machine, Journal.create(machine, { ...begin, before: known }));
}

test('what stands there as it was written is counted, the last of what was written to one path', async () => {
  const remove: Step = { kind: 'file-remove', path: '/etc/removed', why: '', before };
  const replaced: Step = {
    kind: 'file-replace',
    path: '/usr/lib/liblamp.so',
    source: '/srv/liblamp.so',
    sha256: NEW.slice('sha256 '.length),
    ...owner,
    before,
  };
  const steps = [
    write('/etc/a', 'file', 'first\n'),
    write('/etc/a'),
    remove,
    replaced,
    write(DROP_IN, 'drop-in'),
  ];
  const files = { '/etc/a': 'new\n', '/usr/lib/liblamp.so': 'new\n', [DROP_IN]: 'new\n' };
  const loaded = async () => unitFacts({ dropInPaths: [DROP_IN] });
  const items = 4 + ['LoadState', 'NeedDaemonReload', 'DropInPaths'].length;
  expect(await verified(files, steps, loaded)).toEqual({
    items,
    differences: [],
    accepted: [],
    notExamined: [],
  });
});

test('what somebody changed since it was written is told, respect by respect', async () => {
  const files = {
    '/etc/edited': { text: 'newer\n', mode: 0o600 },
    '/etc/link': '-> edited',
    '/etc/back': '',
  };
  const remove: Step = { kind: 'file-remove', path: '/etc/back', why: '', before };
  const { items, differences } = await verified(files, [
    write('/etc/edited'),
    write('/etc/link'),
    write('/etc/gone'),
    remove,
  ]);
  expect(items).toBe(6);
  expect(differences).toEqual([
    { path: '/etc/edited', what: 'mode', expected: '0644', found: '0600' },
    {
      path: '/etc/edited',
      what: 'content',
      expected: NEW,
      found: 'sha256 77e30f34ca80fc7e2683e3953d0701a800862b2290d5617e8e5ef8230999e35f',
    },
    { path: '/etc/link', what: 'type', expected: 'file', found: 'link' },
    { path: '/etc/gone', what: 'type', expected: 'file', found: 'absent' },
    { path: '/etc/back', what: 'type', expected: 'absent', found: 'file' },
  ]);
});

test('what is removed from state for a start may be there again', async () => {
  const path = '/var/lib/lamp/latest';
  const steps: Step[] = [
    { kind: 'state-snapshot', path: '/var/lib/lamp', why: '' },
    { kind: 'file-remove', path, why: '', before },
  ];
  expect(await verified({ [path]: 'made anew\n' }, steps)).toMatchObject({ items: 2, differences: [] });
});

test('what systemd has not loaded is told', async () => {
  const show = async () => unitFacts({ loadState: 'masked', needsReload: true });
  const { differences } = await verified({ [DROP_IN]: 'new\n' }, [write(DROP_IN, 'drop-in')], show);
  expect(differences).toEqual([
    { path: 'lamp.service', what: 'LoadState', expected: 'loaded', found: 'masked' },
    { path: 'lamp.service', what: 'NeedDaemonReload', expected: 'no', found: 'yes' },
    {
      path: 'lamp.service',
      what: 'DropInPaths',
      expected: `with ${DROP_IN}`,
      found: `without ${DROP_IN}`,
    },
  ]);
});

test('a drop-in that somebody has removed is neither there nor loaded', async () => {
  const { differences } = await verified({}, [write(DROP_IN, 'drop-in')]);
  expect(differences.map(({ path, what, found }) => [path, what, found])).toEqual([
    [DROP_IN, 'type', 'absent'],
    ['lamp.service', 'DropInPaths', `without ${DROP_IN}`],
  ]);
});

test('that systemd had to read its files anew before a change that does not have it do so is no difference', async () => {
  const show = async () => unitFacts({ needsReload: true });
  const needed = { needsReload: true };
  expect((await verified({}, [], show, needed)).differences).toEqual([]);
  expect((await verified({}, [{ kind: 'daemon-reload' }], show, needed)).differences).toEqual([
    { path: 'lamp.service', what: 'NeedDaemonReload', expected: 'no', found: 'yes' },
  ]);
});

test('what can not be looked at is named and not counted', async () => {
  const show = async () => await Promise.reject(new Error('systemctl show failed'));
  expect(await verified({ '/etc/loop': '-> loop' }, [write('/etc/loop/a')], show)).toEqual({
    items: 0,
    differences: [],
    accepted: [],
    notExamined: [
      '/etc/loop/a: too many levels of symbolic links',
      'what systemd has loaded of lamp.service: systemctl show failed',
    ],
  });
});
