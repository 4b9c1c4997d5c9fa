import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { KnownHost } from '../graph/known-host.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { traceHost } from './trace-host.ts';

const UNITS = '/usr/lib/systemd/system';
const FILES = {
  [`${UNITS}/lamp.service`]: '[Service]\nEnvironment=LAMP=dim\nExecStart=/bin/lamp\n',
  '/etc/systemd/system/beacon.service': `-> ${UNITS}/lamp.service`,
  [`${UNITS}/horn.service`]: '[Service]\nExecStart=/bin/horn\n',
  [`${UNITS}/bell.service`]: '-> /dev/null',
  [`${UNITS}/gong.service`]: '[Service]\nEnvironmentFile=/etc/gong\nExecStart=/bin/gong\n',
  [`${UNITS}/flag@.service`]: '[Service]\nExecStart=/bin/flag %i\n',
};

function parts(settings: readonly string[]): unknown[] {
  const known = new KnownHost(rootWith(FILES), { knowledge: [] });
  return [...traceHost(known, { showSecrets: false, settings, detail: 'values' })].map((part) =>
    part.kind === 'service'
      ? [part.service.service, part.service.aliases, part.service.traces.map(({ setting }) => setting)]
      : part,
  );
}

test('every service once, under its own name; what can not be read stops nothing and comes last', () => {
  expect(parts([])).toEqual([
    ['gong.service', [], ['PATH', 'EnvironmentFile', 'ExecStart']],
    ['horn.service', [], ['PATH', 'ExecStart']],
    ['lamp.service', ['beacon.service'], ['LAMP', 'PATH', 'Environment', 'ExecStart']],
    { kind: 'not-read', unit: 'bell.service', reason: `${UNITS}/bell.service:1:1: bell.service is masked` },
    { kind: 'templates', templates: ['flag@.service'] },
  ]);
});

test('one setting, in the services that have it', () => {
  expect(parts(['LAMP']).slice(0, 1)).toEqual([['lamp.service', ['beacon.service'], ['LAMP']]]);
  expect(parts(['NOTHING']).slice(0, 1)).toMatchObject([{ kind: 'not-read' }]);
});

test('an error that nobody foresaw costs one service, and is told', () => {
  const fragile: Knowledge = {
    id: 'fragile',
    noteOn: (_, path) => {
      if (path.endsWith('/horn.service')) throw new RangeError('too loud');
      return {};
    },
  };
  const known = new KnownHost(rootWith(FILES), { knowledge: [fragile] });
  const all = [...traceHost(known, { showSecrets: false, settings: [], detail: 'values' })];
  expect(all.flatMap((part) => (part.kind === 'service' ? [part.service.service] : []))).not.toContain(
    'horn.service',
  );
  expect(all.flatMap((part) => (part.kind === 'service' ? [part.service.service] : []))).toContain(
    'lamp.service',
  );
  expect(all).toContainEqual({
    kind: 'not-read',
    unit: 'horn.service',
    reason: 'an error in Cutover: too loud',
  });
  expect(all.at(-1)).toEqual({ kind: 'templates', templates: ['flag@.service'] });
});
