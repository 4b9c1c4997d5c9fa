import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import type { Host } from '../host/host.ts';
import { PlannedHost } from '../host/planned-host.ts';
import { overridePlaces } from '../service/overrides.ts';
import { loadService, type Service } from '../service/service.ts';
import { makePlan } from './make-plan.ts';
import { overlayOf } from './overlay-of.ts';
import { parseSpec } from './parse-spec.ts';

const UNIT = '/etc/systemd/system/lighthouse.service';
const DROP_IN = '/etc/systemd/system/lighthouse.service.d/90-cutover.conf';
const LATE = '/etc/systemd/system/lighthouse.service.d/99-late.conf';
const NO_ADVICE = { state: [], probes: [], probesBack: [], irreversible: [] };

/** The host as the plan leaves it. */
function after(host: Host, settings: string, places?: ReturnType<typeof overridePlaces>): PlannedHost {
  const head = 'apiVersion: cutover/v1\nkind: Replacement\nservice: lighthouse.service\n';
  const spec = parseSpec('cutover.yaml', `${head}settings: ${settings}\n`);
  const service = loadService(host, 'lighthouse');
  const placesOf = (name: string): ReturnType<typeof overridePlaces> =>
    places ?? overridePlaces(service, name, () => undefined);
  return new PlannedHost(host, overlayOf(makePlan({ spec, host, service, advice: NO_ADVICE, placesOf })));
}

function unitHost(lines: string, files: Record<string, string> = {}): Host {
  return rootWith({ [UNIT]: `[Service]\n${lines}\nExecStart=/usr/bin/lamp\n`, ...files });
}

function valueOf(host: Host, name: string): string | undefined {
  const service: Service = loadService(host, 'lighthouse');
  return service.environment.effective.get(name)?.value.toString();
}

test.each([
  ['UnsetEnvironment=HORN LAMP', {}],
  [
    'Environment=LAMP=1',
    { '/etc/systemd/system/lighthouse.service.d/10-dark.conf': '[Service]\nUnsetEnvironment=LAMP\n' },
  ],
  ['EnvironmentFile=-/etc/own\nUnsetEnvironment=LAMP', { '/etc/own': 'LAMP=1\n' }],
  ['EnvironmentFile=/etc/own', { '/etc/own': 'LAMP=1\n', [LATE]: '[Service]\nEnvironment=LAMP=late\n' }],
  ['', { [LATE]: '[Service]\nEnvironment=LAMP=late\n' }],
  ['', { [LATE]: '[Service]\nEnvironment=\n' }],
  ['', { [LATE]: '[Service]\nEnvironmentFile=\n' }],
  ['EnvironmentFile=-/etc/lamps/*.env', {}],
])('a value wins over %j with %j', (lines, files) => {
  const tomorrow = after(unitHost(lines, files), '{ set: { LAMP: bright } }');
  expect(valueOf(tomorrow, 'LAMP')).toBe('bright');
});

test('what else was unset stays unset, also when the next value is set', () => {
  const host = unitHost(
    'Environment="HORN=50% low" BELL=1 LAMP=1\nUnsetEnvironment=LAMP "HORN=50%% low" BELL',
  );
  const first = after(host, '{ set: { LAMP: bright } }');
  expect(
    new TextDecoder().decode(first.readFile(DROP_IN)),
  ).toBe(`# Written by Cutover. To take it back: cutover rollback, with the name of the service.
[Service]
Environment="LAMP=bright"
UnsetEnvironment=
UnsetEnvironment=BELL "HORN=50%% low"
`);
  const second = after(first, '{ set: { BELL: loud } }');
  expect(['LAMP', 'BELL', 'HORN'].map((name) => valueOf(second, name))).toEqual([
    'bright',
    'loud',
    undefined,
  ]);
});

test('where a later drop-in has the last word, no plan is made', () => {
  const refusal = expect.objectContaining({
    message: `${LATE}:2:1: there is no place where a value of LAMP would win`,
    next: 'Take the line out of that drop-in, or give the drop-in a name that sorts before 90-cutover.conf.',
  });
  const unset = unitHost('', { [LATE]: '[Service]\nUnsetEnvironment=LAMP\n' });
  expect(() => after(unset, '{ set: { LAMP: bright } }')).toThrow(refusal);
  const file = unitHost('', { [LATE]: '[Service]\nEnvironmentFile=/opt/late\n', '/opt/late': 'LAMP=1\n' });
  expect(() => after(file, '{ append: { LAMP: bright } }')).toThrow(refusal);
});

test('a setting that would lose is refused with what wins, whoever chose its place', () => {
  const at = { file: DROP_IN, exists: false, survives: true, why: '' };
  const host = unitHost('EnvironmentFile=/etc/own', { '/etc/own': 'LAMP=1\nLAMP_PASSWORD=gull\n' });
  const change = (settings: string) => () => after(host, settings, [{ ...at, how: 'drop-in-environment' }]);
  expect(change('{ set: { LAMP: bright } }')).toThrow(
    '/etc/own:1:1: the change of LAMP would not take effect: "1" would win',
  );
  expect(change('{ set: { LAMP_PASSWORD: tern } }')).toThrow(
    '/etc/own:2:1: the change of LAMP_PASSWORD would not take effect: another value would win',
  );
});

test('a value that UnsetEnvironment= takes away by itself, and an unset that is reset later', () => {
  expect(() => after(unitHost('UnsetEnvironment=LAMP=bright'), '{ set: { LAMP: bright } }')).toThrow(
    `${UNIT}:2:1: the change of LAMP would not take effect: it would not be set at all`,
  );
  const reset = unitHost('Environment=LAMP=1', { [LATE]: '[Service]\nUnsetEnvironment=\n' });
  expect(() => after(reset, '{ unset: [LAMP] }')).toThrow(
    `${UNIT}:2:13: the change of LAMP would not take effect: it would stay "1"`,
  );
});

test('a variable that nobody sets can not be unset; those of systemd can', () => {
  const host = unitHost('Environment=LAMP=1');
  expect(() => after(host, '{ unset: [LAMB] }')).toThrow(
    "LAMB is not set, so it can't be unset; did you mean LAMP?",
  );
  expect(() => after(host, '{ unset: [NOPE] }')).toThrow("NOPE is not set, so it can't be unset");
  expect(valueOf(after(host, '{ unset: [HOME, LAMP] }'), 'LAMP')).toBe(undefined);
});
