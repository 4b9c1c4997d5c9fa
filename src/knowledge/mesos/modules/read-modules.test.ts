import { expect, test } from 'vitest';
import { rootWith } from '../../../../test/root-with.ts';
import { CouldNotRun } from '../../../documents/could-not-run.ts';
import type { RootedHost } from '../../../host/rooted-host.ts';
import type { AgentFlags, GivenFlag } from '../flags/agent-flags.ts';
import { type ModulesSource, readModules } from './read-modules.ts';

const place = { file: '/etc/lamp/agent.env', line: 4, column: 15 };
const placeAt = (offset: number) => ({ ...place, column: place.column + offset });

function flag(name: string, value: string, file?: GivenFlag['file']): AgentFlags {
  const given = {
    name,
    spelling: `MESOS_${name.toUpperCase()}`,
    isVariable: true,
    value,
    written: value,
    file,
    placeAt,
  };
  return { given: new Map([[name, given]]), foreign: [], unknown: [], spelled: [given], skipped: [] };
}

function fromFile(content: string): ModulesSource[] {
  const path = '/etc/lamp/modules.json';
  return readModules(rootWith({}), flag('modules', content, { path, content }));
}

function refusal(read: () => unknown): {
  message: string;
  why: string | undefined;
  next: string | undefined;
} {
  try {
    read();
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    return { message: error.message, why: error.why, next: error.next };
  }
  throw new Error('it was read');
}

test('libraries, modules and parameters, each with its place', () => {
  const [source] = fromFile(
    '{"libraries": [\n {"file": "/opt/lamp.so", "modules": [\n  {"name": "Glow", "parameters": [{"key": "port", "value": "81"}, {"key": "x"}]}]},\n {"name": "echo"}]}',
  );
  const at = (line: number, column: number) => ({ file: '/etc/lamp/modules.json', line, column });
  expect(source?.libraries).toEqual([
    {
      file: '/opt/lamp.so',
      place: at(2, 12),
      modules: [
        { name: 'Glow', place: at(3, 13), parameters: [{ key: 'port', value: '81', place: at(3, 61) }] },
      ],
    },
    { file: 'libecho.so', place: at(4, 12), modules: [] },
  ]);
});

test('inline JSON has the places of the setting', () => {
  const [source] = readModules(rootWith({}), flag('modules', '{"libraries":[{"file":"/opt/lamp.so"}]}'));
  expect(source?.path).toBeUndefined();
  expect(source?.libraries[0]?.place).toEqual(placeAt(23));
});

test('every file of --modules_dir, sorted by name', () => {
  const host: RootedHost = rootWith({
    '/etc/lamp/modules/b.json': '{"libraries": [{"file": "/opt/b.so"}]}',
    '/etc/lamp/modules/a.json': '{"libraries": [{"file": "/opt/a.so"}]}',
  });
  const sources = readModules(host, flag('modules_dir', '/etc/lamp/modules'));
  expect(sources.flatMap(({ libraries }) => libraries.map(({ file }) => file))).toEqual([
    '/opt/a.so',
    '/opt/b.so',
  ]);
});

test.each([
  ['{"libraries": [}', "/etc/lamp/modules.json:1:16: a value should stand here, not '}'"],
  ['[]', '/etc/lamp/modules.json:1:1: an object should stand here'],
  ['{"libraries": {}}', '/etc/lamp/modules.json:1:15: a list should stand here, not a object'],
  ['{"libraries": [{"file": 7}]}', '/etc/lamp/modules.json:1:25: a text should stand here, not a number'],
  ['{"libraries": [{}]}', "/etc/lamp/modules.json:1:16: a library has neither 'file' nor 'name'"],
  ['{"libraries": [{"name": "a", "modules": [{}]}]}', "/etc/lamp/modules.json:1:42: a module has no 'name'"],
])('%s is refused', (content, message) => {
  expect(refusal(() => fromFile(content))).toEqual({
    message,
    why: "MESOS_MODULES at /etc/lamp/agent.env:4:15 gives the agent this JSON. It can not read it and exits when it starts: Failed to load flag 'modules'.",
    next: 'Mend the JSON in /etc/lamp/modules.json and ask again.',
  });
});

test('a file that is not there is refused where it is named', () => {
  const absent = flag('modules', 'file:///etc/lamp/gone.json', {
    path: '/etc/lamp/gone.json',
    content: undefined,
  });
  expect(refusal(() => readModules(rootWith({}), absent))).toEqual({
    message:
      '/etc/lamp/agent.env:4:15: MESOS_MODULES names /etc/lamp/gone.json, which is not a file that can be read',
    why: 'The agent exits when it starts: it reads its modules before anything else.',
    next: 'Bring /etc/lamp/gone.json back, or take MESOS_MODULES out.',
  });
});
