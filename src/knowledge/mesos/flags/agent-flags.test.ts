import { expect, test } from 'vitest';
import { rootWith } from '../../../../test/root-with.ts';
import { readServiceStart } from '../../../service/read-service-start.ts';
import { loadService } from '../../../service/service.ts';
import { type AgentFlags, readAgentFlags } from './agent-flags.ts';

const UNIT = '/etc/systemd/system/agent.service';
const ENVIRONMENT = '/etc/lamp/agent.env';

function flags(settings: readonly string[], files: Record<string, string> = {}, args = ''): AgentFlags {
  const host = rootWith({
    [UNIT]: `[Service]\nEnvironmentFile=${ENVIRONMENT}\nExecStart=/usr/bin/start.sh${args}\n`,
    [ENVIRONMENT]: settings.map((line) => `${line}\n`).join(''),
    '/usr/bin/start.sh': '#!/bin/sh\nexport MESOS_LAUNCHER_DIR=/srv/mesos/src\nexec /usr/bin/agent "$@"\n',
    '/usr/bin/agent': 'no script',
    ...files,
  });
  return readAgentFlags(readServiceStart(host, loadService(host, 'agent')), undefined);
}

const values = ({ given }: AgentFlags): Record<string, string> =>
  Object.fromEntries([...given].map(([name, { value }]) => [name, value]));

test('variables and the command line give flags, and the command line wins', () => {
  const read = flags(
    ['MESOS_ISOLATION=a', 'MESOS_PORT=5052', 'LAMP=1'],
    {},
    ' --port=5053 --no-strict --quiet skipped -- --hooks=x',
  );
  expect(values(read)).toEqual({
    isolation: 'a',
    port: '5053',
    strict: 'false',
    quiet: 'true',
    launcher_dir: '/srv/mesos/src',
  });
  expect(read.unknown).toEqual([]);
});

test('a variable counts in any case, and an older name for the flag it has become', () => {
  const read = flags(['MESOS_work_dir=/var/lib/lamp', 'MESOS_SLAVE_SUBSYSTEMS=cpu']);
  expect(values(read)).toMatchObject({ work_dir: '/var/lib/lamp', agent_subsystems: 'cpu' });
  expect(read.given.get('agent_subsystems')?.spelling).toBe('MESOS_SLAVE_SUBSYSTEMS');
});

test('what no release knows is kept apart', () => {
  const read = flags(['MESOS_ISOLATON=a'], {}, ' --prot=1');
  expect(read.unknown.map(({ spelling, isVariable }) => [spelling, isVariable])).toEqual([
    ['MESOS_ISOLATON', true],
    ['--prot', false],
  ]);
});

test('each character of a value has its place: environment file, script, command', () => {
  const read = flags(['# lamps', 'MESOS_ISOLATION=cgroups/cpu,cgroups/mem'], {}, ' --hooks=lamp,echo');
  expect(read.given.get('isolation')?.placeAt(12)).toEqual({ file: ENVIRONMENT, line: 2, column: 29 });
  expect(read.given.get('launcher_dir')?.placeAt(0)).toEqual({
    file: '/usr/bin/start.sh',
    line: 2,
    column: 8,
  });
  expect(read.given.get('hooks')?.placeAt(5)).toEqual({
    file: UNIT,
    line: 3,
    column: 'ExecStart=/usr/bin/start.sh --hooks=lamp,'.length + 1,
  });
});

test('file:// stands for the content of the file, its last newline kept', () => {
  const read = flags(['MESOS_ISOLATION=file:///etc/lamp/isolation', 'MESOS_MODULES=/etc/lamp/absent.json'], {
    '/etc/lamp/isolation': 'cgroups/cpu\n',
  });
  expect(read.given.get('isolation')).toMatchObject({
    value: 'cgroups/cpu\n',
    file: { path: '/etc/lamp/isolation', content: 'cgroups/cpu\n' },
  });
  expect(read.given.get('modules')?.file).toEqual({ path: '/etc/lamp/absent.json', content: undefined });
});

test('a file with a password is never opened', () => {
  const read = flags(['MESOS_CREDENTIAL=file:///etc/lamp/credential'], { '/etc/lamp/credential': 'ann oar' });
  expect(read.given.get('credential')).toMatchObject({
    value: 'file:///etc/lamp/credential',
    file: undefined,
  });
});
