import { expect, test } from 'vitest';
import { planOf } from '../../test/plan-of.ts';
import { rootWith } from '../../test/root-with.ts';
import { tarOf } from '../../test/tar-writer.ts';
import { PlannedHost } from '../host/planned-host.ts';
import { loadService } from '../service/service.ts';
import { hostSeenBy } from '../service/host-seen-by.ts';
import type { Plan } from '../documents/plan.ts';
import { overlayOf } from './overlay-of.ts';
import { renderStep } from './render-step.ts';

const HEAD = 'apiVersion: cutover/v1\nkind: Replacement\nservice: lamp.service\n';
const REPLACEMENT = 'replacement: { archive: /root/lamp.tar, command: bin/lamp }\n';
const DROP_IN = '/etc/systemd/system/lamp.service.d/90-cutover.conf';
const NODE = {
  '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/usr/bin/lamp\n',
  '/usr/bin/lamp': { text: 'lamp 1', mode: 0o755 },
  '/usr/lib/libwick.so.1': '-> libwick.so.1.0',
  '/usr/lib/libwick.so.1.0': 'wick 1',
  '/etc/lamp.conf': { text: 'bright\n', mode: 0o640 },
  '/root/libwick.so.1': '-> libwick.so.1.1',
  '/root/libwick.so.1.1': 'wick 1.1',
  '/root/a b.so': 'x',
  '/root/lamp.tar': tarOf(
    { name: 'bin/lamp', mode: 0o755, content: 'lamp 2' },
    { name: 'lib/libwick.so', content: 'wick 2' },
  ),
};

function planned(text: string) {
  const host = rootWith(NODE);
  const plan = planOf(host, `${HEAD}${text}`);
  const tomorrow = new PlannedHost(host, overlayOf(plan));
  const seen = hostSeenBy(tomorrow, loadService(tomorrow, 'lamp').unit).host;
  const read = (of: 'everybody' | 'service', path: string) =>
    Buffer.from((of === 'service' ? seen : tomorrow).readFile(path)).toString();
  return { plan, read };
}

const stepOf = (plan: Plan, kind: Plan['steps'][number]['kind']) =>
  plan.steps.find((step) => step.kind === kind);
const dropIn = (plan: Plan) =>
  plan.steps
    .flatMap((step) => (step.kind === 'file-write' && step.path === DROP_IN ? [step.content] : []))
    .join('');

test('a library for the service alone is bound over the one that everybody has', () => {
  const { plan, read } = planned('libraries: [{ path: /usr/lib/libwick.so.1, from: /root/libwick.so.1 }]\n');
  const store = stepOf(plan, 'store-add');
  expect(store).toMatchObject({ source: '/root/libwick.so.1.1', name: 'libwick.so.1.1', files: 1, bytes: 8 });
  const storePath = store?.kind === 'store-add' ? store.storePath : '';
  expect(dropIn(plan)).toContain(
    `[Service]\nBindReadOnlyPaths=${storePath}/libwick.so.1.1:/usr/lib/libwick.so.1.0\n`,
  );
  expect(store === undefined ? [] : renderStep(store)).toEqual([
    'copy /root/libwick.so.1.1 (8 bytes) into the store',
    `+ ${storePath}/libwick.so.1.1`,
  ]);
  expect(read('service', '/usr/lib/libwick.so.1')).toBe('wick 1.1');
  expect(read('everybody', '/usr/lib/libwick.so.1')).toBe('wick 1');
  expect(read('everybody', `${storePath}/libwick.so.1.1`)).toBe('wick 1.1');
});

test('a library of the replacement is bound from its place in the store', () => {
  const { plan, read } = planned(
    `${REPLACEMENT}libraries: [{ path: /usr/lib/libwick.so.1, from: lib/libwick.so }]\n`,
  );
  expect(plan.steps.map(({ kind }) => kind)).toEqual([
    'store-unpack',
    'file-write',
    'daemon-reload',
    'unit-restart',
    'gate',
  ]);
  expect(read('service', '/usr/lib/libwick.so.1.0')).toBe('wick 2');
  expect(read('everybody', '/usr/lib/libwick.so.1.0')).toBe('wick 1');
});

test('a library is replaced for everybody only where the spec says so', () => {
  const { plan, read } = planned(
    `${REPLACEMENT}libraries: [{ path: /usr/lib/libwick.so.1, from: lib/libwick.so, for: everybody }]\n`,
  );
  const step = stepOf(plan, 'file-replace');
  expect(step).toMatchObject({
    path: '/usr/lib/libwick.so.1.0',
    mode: 0o644,
    before: { type: 'file', size: 6 },
  });
  expect(step === undefined ? [] : renderStep(step)).toEqual([
    'replace /usr/lib/libwick.so.1.0 for everybody',
    expect.stringMatching(/^mode 0644, owner \d+:\d+$/),
    expect.stringMatching(/^\+ the content of \/var\/lib\/cutover\/store\/sha256-\w+\/lib\/libwick\.so$/),
  ]);
  expect(plan.watched.map(({ path }) => path)).toContain('/usr/lib/libwick.so.1.0');
  expect(plan.effects.notExamined).toContain(
    'which other services load /usr/lib/libwick.so.1.0, and will at their next start: cutover inspect --path /usr/lib/libwick.so.1.0',
  );
  expect(read('everybody', '/usr/lib/libwick.so.1')).toBe('wick 2');
  expect(dropIn(plan)).not.toContain('Bind');
});

test('a file for the service alone is kept beside the drop-in and bound over the one that is there', () => {
  const { plan, read } = planned('files: [{ path: /etc/lamp.conf, content: dim, for: service }]\n');
  const kept = '/etc/systemd/system/lamp.service.d/90-cutover.files/etc/lamp.conf';
  expect(dropIn(plan)).toContain(`BindReadOnlyPaths=${kept}:/etc/lamp.conf\n`);
  expect(plan.steps).toContainEqual(expect.objectContaining({ path: kept, mode: 0o640 }));
  expect(read('everybody', kept)).toBe('dim');
  expect(read('service', '/etc/lamp.conf')).toBe('dim');
  expect(read('everybody', '/etc/lamp.conf')).toBe('bright\n');
});

test.each([
  [
    'libraries: [{ path: /usr/lib/libnone.so, from: /root/libwick.so.1 }]\n',
    '/usr/lib/libnone.so does not exist, so there is no library to take the place of',
  ],
  [
    'libraries: [{ path: /usr/lib, from: /root/libwick.so.1 }]\n',
    '/usr/lib is no file, so there is no library to take the place of',
  ],
  [
    'libraries: [{ path: /usr/lib/libwick.so.1, from: /root/none }]\n',
    'the library /root/none does not exist',
  ],
  ['libraries: [{ path: /usr/lib/libwick.so.1, from: /root }]\n', 'the library /root is no file'],
  [
    'libraries: [{ path: /usr/lib/libwick.so.1, from: "/root/a b.so" }]\n',
    "the library /root/a b.so has a name that a unit file can't hold safely",
  ],
  [
    `${REPLACEMENT}libraries: [{ path: /usr/lib/libwick.so.1, from: lib/libnone.so }]\n`,
    'the replacement has no file lib/libnone.so, which shall be a library of the service',
  ],
  [
    'files: [{ path: /etc/none.conf, content: dim, for: service }]\n',
    "/etc/none.conf does not exist, so the service alone can't be shown another",
  ],
])('%j is refused', (text, message) => {
  expect(() => planned(text)).toThrow(expect.objectContaining({ name: 'CouldNotRun', message }));
});
