import { expect, test } from 'vitest';
import { findCompanions } from './companions.ts';

const UNITS: Readonly<Record<string, string>> = {
  'nginx.service': 'ActiveState=active\nRequiredBy=wiki.service\nTriggeredBy=nginx.socket nginx.timer',
  'wiki.service': 'ActiveState=active\nBoundBy=search.service\nConsistsOf=nginx.service',
  'search.service': 'ActiveState=inactive\nConsistsOf=crawler.service\nTriggeredBy=search.path idle.path',
  'crawler.service': 'ActiveState=activating',
  'nginx.socket': 'ActiveState=active\nRequiredBy=proxy.service',
  'proxy.service': 'ActiveState=active\nTriggeredBy=proxy.socket',
  'proxy.socket': 'ActiveState=active',
  'search.path': 'ActiveState=active',
  'idle.path': 'ActiveState=inactive',
};
const show = async (units: readonly string[]) =>
  units.map((unit) => `Id=${unit}\n${UNITS[unit] ?? ''}\n`).join('\n');

test('what is active and goes down with a unit or with a trigger, through circles and units that do not run', async () => {
  expect(await findCompanions('nginx.service', show)).toEqual({
    dependents: ['wiki.service', 'proxy.service', 'crawler.service'],
    triggers: ['nginx.socket', 'search.path', 'proxy.socket'],
  });
});

test('a chain without an end is not followed', async () => {
  const endless = async (units: readonly string[]) =>
    units.map((unit) => `Id=${unit}\nRequiredBy=next-${unit}\n`).join('\n');
  await expect(findCompanions('a.service', endless)).rejects.toThrow(
    'more than 1000 units depend on a.service',
  );
});
