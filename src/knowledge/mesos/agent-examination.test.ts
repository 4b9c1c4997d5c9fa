import { describe, expect, test } from 'vitest';
import { ENVIRONMENT, examined, MODULES, mesosRoot, NEW_AGENT, OLD_AGENT } from '../../../test/mesos-root.ts';
import { hasCompiler } from '../../../test/small-elf.ts';
import { rootWith } from '../../../test/root-with.ts';
import { readServiceStart } from '../../service/read-service-start.ts';
import { loadService } from '../../service/service.ts';
import { mesos } from './mesos.ts';

describe.skipIf(!hasCompiler)('an agent', () => {
  test('is recognised by its program, and its release by libmesos', () => {
    expect(examined(mesosRoot()).agent.version?.text).toBe('0.28.1');
    expect(examined(mesosRoot({ program: NEW_AGENT })).agent.version?.text).toBe('1.0.0');
  });

  test('each name in a setting has its meaning, and a module the place of its name', () => {
    const value = 'cgroups/cpu,gpu/nvidia,org_lamp_GlowIsolator,org_lamp_Absent';
    const agent = examined(mesosRoot({ settings: { MESOS_ISOLATION: value } }));
    const meanings = agent.meanings('MESOS_ISOLATION');
    expect(meanings.map(({ from, to, text }) => [value.slice(from, to), text])).toEqual([
      ['cgroups/cpu', 'built in to Mesos 0.28.1'],
      ['gpu/nvidia', 'not known to Mesos 0.28.1: built in since Mesos 1.0.0'],
      ['org_lamp_GlowIsolator', 'module in /opt/lamp/lib/libstats.so (Isolator, built for Mesos 0.28.1)'],
      ['org_lamp_Absent', 'not known: neither built in to Mesos 0.28.1 nor in a module it loads'],
    ]);
    expect(meanings.map(({ place }) => place)).toEqual([
      undefined,
      undefined,
      { file: MODULES, line: 7, column: 20 },
      undefined,
    ]);
  });

  test('the modules JSON is what MESOS_MODULES means', () => {
    const agent = examined(mesosRoot());
    expect(agent.meanings('MESOS_MODULES')).toEqual([
      {
        from: 7,
        to: 7 + MODULES.length,
        text: 'loads 3 modules from 2 libraries',
        place: { file: MODULES, line: 1, column: 1 },
      },
    ]);
    expect(agent.meanings('MESOS_WORK_DIR')).toEqual([]);
  });

  test('the graph joins settings, modules JSON, libraries, modules, state, master and port', () => {
    const host = mesosRoot({
      settings: { MESOS_MASTER: 'zk://ann:oar@leader.lamp:2181,second.lamp:2181/mesos', MESOS_PORT: '5052' },
    });
    const { nodes, edges } = examined(host);
    const shown = edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`);
    for (const edge of [
      `service:lamp-agent.service configured-by file:${MODULES}`,
      `setting:MESOS_MODULES names file:${MODULES}`,
      `program:${OLD_AGENT} loads module-library:/opt/lamp/lib/libstats.so`,
      'module-library:/opt/lamp/lib/libstats.so provides module:org_lamp_EchoHook',
      'setting:MESOS_HOOKS names module:org_lamp_EchoHook',
      'service:lamp-agent.service keeps-state-in directory:/var/lib/lamp',
      'setting:MESOS_MASTER names host:leader.lamp:2181',
      'setting:MESOS_MASTER names host:second.lamp:2181',
      'setting:MESOS_PORT names port:5052',
    ]) {
      expect(shown).toContain(edge);
    }
    expect(edges.find(({ to }) => to === 'host:second.lamp:2181')?.evidence).toEqual({
      file: ENVIRONMENT,
      line: 8,
      column: 'MESOS_MASTER=zk://ann:oar@leader.lamp:2181,'.length + 1,
    });
    expect(nodes.find(({ id }) => id === 'module:org_lamp_GlowIsolator')?.attributes).toEqual({
      kind: 'Isolator',
      'built for': 'Mesos 0.28.1',
    });
  });

  test('a damaged library is refused with the byte where it goes wrong', () => {
    const host = mesosRoot({ cutOff: { path: '/opt/lamp/lib/libstats.so', size: 300 } });
    expect(examined(host).refusal?.message).toBe(
      '/opt/lamp/lib/libstats.so is damaged: the file ends inside its program headers (at byte 64)',
    );
  });

  test('a library that is cut off behind its headers is refused too', () => {
    const host = mesosRoot({ cutOff: { path: '/opt/lamp/lib/libstats.so', size: 8300 } });
    expect(() => examined(host).libraries).toThrow(/^\/opt\/lamp\/lib\/libstats\.so is damaged: /);
  });

  test('a modules JSON that the agent can not read is refused with its place', () => {
    const host = mesosRoot({ modules: '{\n  "libraries": [}\n' });
    const refused = `${MODULES}:2:17: a value should stand here, not '}'`;
    expect(examined(host).notExamined).toContain(`the modules of Mesos 0.28.1: ${refused}`);
  });
});

test('a program of another name is no agent', () => {
  const host = rootWith({
    '/etc/systemd/system/lamp-agent.service': '[Service]\nExecStart=/usr/bin/lamp\n',
    '/usr/bin/lamp': 'no program',
  });
  expect(mesos.examine?.(readServiceStart(host, loadService(host, 'lamp-agent')))).toBeUndefined();
});
