import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { WHY_NOT_CASES } from '../../../test/why-not-cases/all-cases.ts';
import { LAMP_FILES } from '../../../test/why-not-cases/why-not-case.ts';
import type { WhyNot } from '../../documents/why-not.ts';
import { whyNotSchema } from '../../documents/why-not.ts';
import { whyNot } from './why-not.ts';

const OWN = '/etc/systemd/system/lamp.service.d/own.conf';

function asked(files: Readonly<Record<string, string>>, ask: string, showSecrets = false): WhyNot {
  const [, path = '', line] = /^(.*?)(?::(\d+))?$/.exec(ask) ?? [];
  const host = rootWith({ ...LAMP_FILES, ...files });
  const address = { path, ...(line === undefined ? {} : { line: Number(line) }) };
  return whyNotSchema.parse(whyNot(host, 'lamp', address, { showSecrets }));
}

test.each(WHY_NOT_CASES)('$title', ({ files, ask, effect, reason, by }) => {
  const answer = asked(files, ask);
  const said = answer.whole ?? answer.lines[0];
  const { file, line } = said?.because ?? {};
  expect({
    effect: said?.effect,
    reason: said?.reason,
    by: line === undefined ? file : `${file}:${line}`,
  }).toEqual({ effect, reason, by });
  expect(answer.effect).toBe(effect);
  // What has no effect says what to type next.
  if (effect === 'no-effect') expect(said?.next).toBeDefined();
});

test('there are enough cases, each with a title of its own', () => {
  expect(WHY_NOT_CASES.filter(({ effect }) => effect === 'no-effect').length).toBeGreaterThanOrEqual(80);
  expect(new Set(WHY_NOT_CASES.map(({ title }) => title)).size).toBe(WHY_NOT_CASES.length);
});

test('without a line, each line of the file is answered', () => {
  const text = '[Service]\n# dim\nNice=5\nNcie=6\n\nEnvironment=A=1 \\\n  # two\n  B=2\n';
  const answer = asked({ [OWN]: text }, OWN);
  expect(answer.effect).toBe('no-effect');
  expect(answer.lines.map(({ line, effect, reason }) => [line, effect, reason])).toEqual([
    [1, 'not-a-setting', 'the header of the section [Service]'],
    [2, 'not-a-setting', 'a comment'],
    [3, 'in-force', 'Nice is 5'],
    [4, 'no-effect', 'systemd knows no Ncie= and ignores it; Nice= is meant?'],
    [5, 'not-a-setting', 'an empty line'],
    [6, 'in-force', 'the process receives A, B from it'],
    [7, 'not-a-setting', 'a comment inside a setting that goes on behind it: systemd skips it'],
    [8, 'in-force', 'part of line 6: the process receives A, B from it'],
  ]);
});

test('a secret is masked unless asked for, on each line that it stands on', () => {
  const files = {
    [OWN]:
      '[Service]\nEnvironment=LAMP_PASSWORD=gull\nEnvironment="FOG_PASSWORD=gull \\\n  gull"\nEnvironmentFile=/etc/lamp.env\n',
    '/etc/lamp.env': 'HORN_PASSWORD="wave\nsand"\n',
  };
  for (const file of [OWN, '/etc/lamp.env']) {
    expect(JSON.stringify(asked(files, file))).not.toMatch(/gull|wave|sand/);
  }
  expect(JSON.stringify(asked(files, OWN, true))).toContain('gull');
  expect(JSON.stringify(asked(files, '/etc/lamp.env', true))).toContain('sand');
});

test('of an alias and its unit, the drop-ins of both count', () => {
  const files = {
    '/etc/systemd/system/beacon.service': '-> /usr/lib/systemd/system/lamp.service',
    '/etc/systemd/system/beacon.service.d/own.conf': '[Service]\nNice=5\n',
  };
  const answer = asked(files, '/etc/systemd/system/beacon.service.d/own.conf:2');
  expect(answer.lines[0]).toMatchObject({ effect: 'in-force', reason: 'Nice is 5' });
});

test("a drop-in by another path of it is the unit's own", () => {
  const answer = asked(
    { [OWN]: '-> /srv/lamp.conf', '/srv/lamp.conf': '[Service]\nNice=5\n' },
    '/srv/lamp.conf:2',
  );
  expect(answer.lines[0]?.reason).toBe('Nice is 5');
});

test("what the program reads itself is not systemd's to answer", () => {
  const files = {
    [OWN]: '[Service]\nExecStart=/usr/bin/lamp -c /etc/lamp.conf\n',
    '/etc/lamp.conf': 'bright\n',
  };
  expect(() => asked(files, '/etc/lamp.conf:1')).toThrow(
    '/etc/lamp.conf is read by the program itself, not by systemd',
  );
});

test('a unit that does not exist is no answer', () => {
  const host = rootWith(LAMP_FILES);
  expect(() => whyNot(host, 'lamb', { path: OWN }, { showSecrets: false })).toThrow(
    'did you mean lamp.service?',
  );
});

const PIER = '/usr/lib/systemd/system/pier@.service';

test.each([
  ['pier@.service.d', 'in-force', 'Nice is 5'],
  ['pier@east.service.d', 'in-force', 'Nice is 5'],
  [
    'pier@west.service.d',
    'no-effect',
    'it is for another instance, pier@west.service: for pier@east.service it is pier@east.service.d, for all instances pier@.service.d',
  ],
  [
    'pier.service.d',
    'no-effect',
    'pier@east.service is an instance of a template: its drop-ins are in pier@east.service.d, those of all instances in pier@.service.d',
  ],
])('of an instance of a template, a drop-in in %s', (directory, effect, reason) => {
  const path = `/etc/systemd/system/${directory}/own.conf`;
  const host = rootWith({ [PIER]: '[Service]\nExecStart=/bin/pier\n', [path]: '[Service]\nNice=5\n' });
  const { lines, whole } = whyNot(host, 'pier@east', { path, line: 2 }, { showSecrets: false });
  expect(whole ?? lines[0]).toMatchObject({ effect, reason });
});

test('a template beside the file of an instance', () => {
  const own = '/etc/systemd/system/pier@east.service';
  const unit = '[Service]\nExecStart=/bin/pier\n';
  const host = rootWith({ [PIER]: unit, [own]: unit });
  const { whole } = whyNot(host, 'pier@east', { path: PIER }, { showSecrets: false });
  expect(whole).toMatchObject({
    effect: 'no-effect',
    reason: 'pier@east.service has a unit file of its own, and the template does not count for it',
    because: { file: own },
  });
});

test('a file of which not even the directory is there', () => {
  expect(asked({ '/etc/lamp.env': '' }, '/etc/lamps.d/new/own.conf').whole).toMatchObject({
    reason: 'there is no such file, nor the directory /etc/lamps.d/new',
    next: 'ls -l /etc',
  });
});

test('a file that can not be read is no answer', () => {
  const host = rootWith({ ...LAMP_FILES, [OWN]: `[Service]\nNice=5\n${'#'.repeat(5 * 1024 * 1024)}\n` });
  expect(() => whyNot(host, 'lamp', { path: OWN }, { showSecrets: false })).toThrow('more than the');
});
