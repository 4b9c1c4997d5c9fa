import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import type { PathNote } from '../knowledge.ts';
import { noteOnDcosPath } from './note-on-path.ts';

const MESOS = '/opt/mesosphere/packages/mesos--0f1e';
const UNITS = '/etc/systemd/system';
const NODE = {
  [`${MESOS}/bin/mesos-agent`]: '',
  [`${MESOS}/dcos.target.wants_slave/dcos-mesos-slave.service`]: '[Service]\n',
  '/opt/mesosphere/active/mesos': `-> ${MESOS}`,
  '/opt/mesosphere/bin/mesos-agent': `-> ${MESOS}/bin/mesos-agent`,
  '/opt/mesosphere/environment': 'A=1\n',
  '/opt/mesosphere/environment.ip.marathon': 'HOST_IP=10.0.0.1\n',
};

function note(path: string, more: Record<string, string> = {}): PathNote | undefined {
  return noteOnDcosPath(rootWith({ ...NODE, ...more }), path);
}

const WHOLE = { owner: 'mesos--0f1e', survives: false, purpose: 'replaced whole when DC/OS is upgraded' };

test('a file of a package, under any of its names', () => {
  expect(note(`${MESOS}/bin/mesos-agent`)).toEqual(WHOLE);
  expect(note('/opt/mesosphere/bin/mesos-agent')).toEqual(WHOLE);
  expect(note('/opt/mesosphere/active/mesos/bin/mesos-agent')).toEqual(WHOLE);
});

test('a unit is a link into its package, or from 1.11 a copy; one of the operator is neither', () => {
  const path = `${UNITS}/dcos-mesos-slave.service`;
  const wanted = `${UNITS}/dcos.target.wants/dcos-mesos-slave.service`;
  const inPackage = `${MESOS}/dcos.target.wants_slave/dcos-mesos-slave.service`;
  expect(note(path, { [path]: `-> ${inPackage}` })).toEqual(WHOLE);
  expect(note(path, { [path]: '[Service]\n', [wanted]: `-> ${path}` })).toEqual({
    owner: 'mesos--0f1e',
    survives: false,
    purpose: 'copied there by pkgpanda at every activation',
  });
  expect(note(path, { [path]: '[Service]\n' })).toBe(undefined);
  const own = `${UNITS}/dcos-own.service`;
  const link = `${UNITS}/dcos.target.wants/dcos-own.service`;
  expect(note(own, { [own]: '[Service]\n', [link]: `-> ${own}` })).toBe(undefined);
});

test.each([
  ['/var/lib/dcos/mesos-slave-common', 'operator', true],
  ['/var/lib/dcos/marathon/environment', 'operator', true],
  ['/etc/mesosphere/mesos/agent-public.env', 'operator', true],
  ['/var/lib/dcos/environment.proxy', 'special', true],
  ['/var/lib/dcos/mesos-resources', 'special', true],
  ['/opt/mesosphere/etc/marathon-extras', 'special', false],
  ['/opt/mesosphere/etc/dcos-log-extra.env', 'special', false],
  ['/run/dcos/etc/mesos-slave', 'special', undefined],
  ['/opt/mesosphere/environment', undefined, false],
  ['/opt/mesosphere/etc/anything', undefined, false],
  ['/opt/mesosphere/environment.ip.marathon', undefined, undefined],
  ['/etc/environment', undefined, undefined],
] as const)('%s: meant for %s, survives %s', (path, intended, survives) => {
  const found = note(path);
  expect([found?.intended, found?.survives]).toEqual([intended, survives]);
});

test('programs that make files at run time', () => {
  expect(note('/var/lib/dcos/mesos-resources')?.writer).toMatchObject({
    program: 'make_disk_resources.py',
    variables: ['MESOS_RESOURCES'],
  });
  expect(note('/opt/mesosphere/environment')?.writer?.program).toBe('pkgpanda');
  expect(note('/run/dcos/etc/mesos-slave')?.writer?.program).toBe('bootstrap');
});
