import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { Subject } from '../graph/subject.ts';
import type { Knowledge, PathNote } from '../knowledge/knowledge.ts';
import { TracedText } from '../text/traced-text.ts';
import { traceSetting } from './trace-setting.ts';

const UNIT = '/etc/systemd/system/lighthouse.service';
const DROP_INS = '/etc/systemd/system/lighthouse.service.d';
const PLACE = { file: '/gen/lamp.tmpl', line: 1, column: 6 };

const NOTES: Readonly<Record<string, PathNote>> = {
  '/opt/made': { owner: 'lamp-config', survives: false, purpose: 'replaced at an upgrade' },
  '/var/own': { survives: true, intended: 'operator', purpose: "the operator's own file" },
  '/etc/proxies': { survives: true, intended: 'special', purpose: 'meant for proxies' },
};

/** Makes `/opt/made` of a template in which the argument stands behind `LAMP=`. */
function lampgen(argument: string, settable: boolean): Knowledge {
  const content = TracedText.concat([
    TracedText.literal('LAMP=', { ...PLACE, column: 1 }),
    TracedText.literal('1', { ...PLACE, file: '/gen/lamp.gen' }).through({
      kind: 'template',
      place: PLACE,
      text: `{{ ${argument} }}`,
      name: argument,
    }),
    TracedText.literal('\n', { ...PLACE, column: 20 }),
  ]);
  const why = settable ? 'default in /gen/lamp.gen:1' : 'must: lampgen refuses a lamps.yaml that sets it';
  return {
    id: 'lampgen',
    noteOn: (_, path) => NOTES[path],
    explainFile: (_, path) =>
      path === '/opt/made'
        ? {
            path,
            content,
            rerender: { result: 'identical' },
            argument: () => ({ config: 'lamps.yaml', settable, why }),
          }
        : undefined,
  };
}

function places(settable: boolean): { wins: string[]; inVain: string[] } {
  const files = ['/opt/made', '-/var/own', '-/etc/proxies', '-/run/lamp'];
  const lines = files.map((file) => `EnvironmentFile=${file}`).join('\n');
  const host = rootWith({
    [UNIT]: `[Service]\n${lines}\nExecStart=/usr/lamp\n`,
    '/opt/made': 'LAMP=1\n',
    '/etc/environment': '',
  });
  const subject = new Subject(host, 'lighthouse', { knowledge: [lampgen('colour', settable)] });
  const { overrides, futileOverrides = [] } = traceSetting(subject, 'LAMP', { showSecrets: false });
  return { wins: overrides.map(({ file }) => file), inVain: futileOverrides.map(({ file }) => file) };
}

test('the config of the generator comes after the places on this host, before files meant for something else', () => {
  expect(places(true)).toEqual({
    wins: ['/var/own', `${DROP_INS}/90-cutover.conf`, 'lamps.yaml', '/etc/proxies'],
    inVain: [
      '/opt/made',
      `${DROP_INS}/override.conf`,
      '/run/lamp',
      'systemctl set-environment LAMP=…',
      '/etc/environment',
    ],
  });
});

test('an argument that the config may not set is no place, and it is said', () => {
  expect(places(false)).toEqual({
    wins: ['/var/own', `${DROP_INS}/90-cutover.conf`, '/etc/proxies'],
    inVain: [
      '/opt/made',
      'lamps.yaml',
      `${DROP_INS}/override.conf`,
      '/run/lamp',
      'systemctl set-environment LAMP=…',
      '/etc/environment',
    ],
  });
});
