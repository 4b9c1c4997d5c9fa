import { describe, expect, test } from 'vitest';
import { fitting, line, own, run, said } from '../../../../test/mesos-check.ts';
import { ENVIRONMENT, MODULES, NEW_AGENT } from '../../../../test/mesos-root.ts';
import { hasCompiler } from '../../../../test/small-elf.ts';

describe.skipIf(!hasCompiler)(
  'the modules, hooks and isolators of an agent against those of its replacement',
  () => {
    test('a module of another release is refused, with all that leads to it', () => {
      const { check, findings } = run('mesos-module-version', { program: NEW_AGENT });
      expect(check).toMatchObject({ result: 'fault', examined: 3 });
      expect(findings.map(({ subject }) => subject)).toEqual([
        'org_lamp_GlowIsolator in /opt/lamp/lib/libstats.so',
        'org_lamp_EchoHook in /opt/lamp/lib/libstats.so',
        'org_lamp_KeptLogger in /opt/lamp/lib/liblogger.so',
      ]);
      expect(findings[2]).toEqual({
        id: 'mesos-module-version',
        severity: 'blocker',
        subject: 'org_lamp_KeptLogger in /opt/lamp/lib/liblogger.so',
        reason: `It was built for Mesos 0.28.1 and tomorrow's agent is Mesos 1.0.0, which takes modules of its own version alone and exits: Minimum supported mesos version for 'ContainerLogger' is 1.0.0, but module is compiled with version 0.28.1. MESOS_MODULES (${ENVIRONMENT}:1:15) loads it at ${MODULES}:18:20, MESOS_CONTAINER_LOGGER (${ENVIRONMENT}:5:24) asks for it by name.`,
        evidence: [
          { file: MODULES, line: 18, column: 20 },
          { file: ENVIRONMENT, line: line('MESOS_MODULES'), column: 15 },
          { file: ENVIRONMENT, line: line('MESOS_CONTAINER_LOGGER'), column: 24 },
        ],
        remedy: `Name /srv/mesos/lib/liblogger.so, which was built with tomorrow's agent, at ${MODULES}:15 (or in a copy that MESOS_MODULES names), or take org_lamp_KeptLogger out of ${MODULES} and unset MESOS_CONTAINER_LOGGER.`,
      });
    });

    test('a newer module is refused too', () => {
      expect(said(run('mesos-module-version', { modules: own }))).toEqual([
        `blocker: org_lamp_KeptLogger in /srv/mesos/lib/liblogger.so: It was built for Mesos 1.0.0 and tomorrow's agent is Mesos 0.28.1, which takes modules of its own version alone and exits: Mesos has version 0.28.1, but module is compiled with version 1.0.0. MESOS_MODULES (${ENVIRONMENT}:1:15) loads it at ${MODULES}:1:73, MESOS_CONTAINER_LOGGER (${ENVIRONMENT}:5:24) asks for it by name.`,
      ]);
    });

    test('symbols that a module lacks are named, with the function that has taken their place', () => {
      const { check, findings } = run('mesos-module-symbols', { program: NEW_AGENT });
      expect(check).toMatchObject({ result: 'fault', examined: 2 });
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({
        severity: 'blocker',
        subject: '/opt/lamp/lib/liblogger.so',
        reason:
          "It needs process::subprocess(…), which nothing in tomorrow's process provides, so the agent could not open it: undefined symbol. libmesos-1.0.0.so has a process::subprocess(…) with other parameters.",
        evidence: [
          { file: MODULES, line: 15, column: 16 },
          { how: 'undefined symbol _ZN7process10subprocessEi' },
        ],
      });
    });

    test('a library or a module that is not there', () => {
      const modules = JSON.stringify({
        libraries: [
          { file: '/opt/lamp/lib/libgone.so', modules: [{ name: 'org_lamp_Gone' }] },
          { file: '/opt/lamp/lib/libstats.so', modules: [{ name: 'org_lamp_Misspelt' }] },
          { name: 'nowhere' },
        ],
      });
      expect(said(run('mesos-modules', { modules }))).toEqual([
        'blocker: /opt/lamp/lib/libgone.so: The agent is told to load this library and would not find it: Error opening library.',
        'blocker: org_lamp_Misspelt in /opt/lamp/lib/libstats.so: The library has no symbol of that name, by which the agent looks the module up.',
        'blocker: libnowhere.so: The agent is told to load this library and would not find it: Error opening library.',
      ]);
    });

    test("JSON that tomorrow's agent can not read ends its start, and what hangs on it is not guessed", () => {
      const { check, findings } = run('mesos-modules', { modules: '{\n  "libraries": [}\n' });
      expect(check).toMatchObject({ result: 'fault', examined: 1 });
      expect(findings).toEqual([
        {
          id: 'mesos-modules',
          severity: 'blocker',
          subject: MODULES,
          reason: `a value should stand here, not '}' (${MODULES}:2:17). MESOS_MODULES at ${ENVIRONMENT}:1:15 gives the agent this JSON. It can not read it and exits when it starts: Failed to load flag 'modules'.`,
          evidence: [
            { file: MODULES, line: 2, column: 17 },
            { file: ENVIRONMENT, line: 1, column: 15 },
          ],
          remedy: `Mend the JSON in ${MODULES} and ask again.`,
        },
      ]);
      expect(run('mesos-isolators', { modules: '{\n  "libraries": [}\n' }).check).toMatchObject({
        result: 'could-not-run',
        reason: `${MODULES}:2:17: a value should stand here, not '}'`,
      });
    });

    test('a library that is cut off ends the start, too', () => {
      const cutOff = { path: '/opt/lamp/lib/libstats.so', size: 300 };
      expect(said(run('mesos-modules', { cutOff }))).toEqual([
        'blocker: A module library: /opt/lamp/lib/libstats.so is damaged: the file ends inside its program headers (at byte 64). The loader refuses such a file, and what it needs or provides can not be known.',
      ]);
    });

    test('keys that the agent does not know are passed over, and what is damaged today can be mended', () => {
      const modules = JSON.stringify({ about: 'lamps', ...JSON.parse(own) });
      expect(said(run('mesos-modules', { ...fitting, modules }, { modules: '{' }))).toEqual([]);
    });

    test('one module from two libraries', () => {
      const modules = JSON.stringify({
        libraries: ['/opt/lamp/lib/liblogger.so', '/srv/mesos/lib/liblogger.so'].map((file) => ({
          file,
          modules: [{ name: 'org_lamp_KeptLogger' }],
        })),
      });
      expect(said(run('mesos-modules', { modules }))).toEqual([
        'blocker: org_lamp_KeptLogger in /srv/mesos/lib/liblogger.so: The same module is loaded from /opt/lamp/lib/liblogger.so too; the agent refuses the second one: duplicate module names.',
      ]);
    });

    test.each([
      ['mesos-isolators', 'MESOS_ISOLATION', 'org_lamp_GlowIsolator'],
      ['mesos-hooks', 'MESOS_HOOKS', 'org_lamp_EchoHook'],
    ])('%s: a module that can not be loaded leaves %s without its %s', (id, setting, name) => {
      expect(said(run(id, { program: NEW_AGENT }))).toEqual([
        `blocker: ${name} in ${setting}: Mesos 1.0.0 does not have it built in, and the module of that name in /opt/lamp/lib/libstats.so can not be loaded: it was built for Mesos 0.28.1.`,
      ]);
      expect(said(run(id, {}))).toEqual([]);
    });

    test('a container logger that is no longer loaded', () => {
      const { findings } = run('mesos-container-logger', { ...fitting, modules: '{"libraries": []}' });
      expect(findings).toEqual([
        {
          id: 'mesos-container-logger',
          severity: 'blocker',
          subject: 'org_lamp_KeptLogger in MESOS_CONTAINER_LOGGER',
          reason:
            "Mesos 1.0.0 does not have it built in, and no module is loaded. The agent exits: Failed to create container logger module 'org_lamp_KeptLogger': Module 'org_lamp_KeptLogger' unknown.",
          evidence: [{ file: ENVIRONMENT, line: 4, column: 24 }],
          remedy: 'Have a module of that name loaded, or unset MESOS_CONTAINER_LOGGER.',
        },
      ]);
    });

    test.each([
      [
        'gpu/nvidia',
        'Mesos 0.28.1 does not have it built in, Mesos from 1.0.0 on does; no module that is loaded has this name.',
      ],
      [' cgroups/mem', "The blank counts: Mesos 0.28.1 knows 'cgroups/mem', not ' cgroups/mem'."],
      [
        'cgroup/mem',
        'Mesos 0.28.1 does not have it built in, and no module that is loaded has this name; did you mean cgroups/mem?',
      ],
    ])('an isolator %j that this release does not have', (name, reason) => {
      const settings = { MESOS_ISOLATION: `"cgroups/cpu,${name}"` };
      expect(said(run('mesos-isolators', { settings }))).toEqual([
        `blocker: ${name} in MESOS_ISOLATION: ${reason} The agent exits: Could not create isolator '${name}': Unknown or unsupported isolator.`,
      ]);
    });

    test('each release refuses it in its own words', () => {
      const settings = { ...fitting.settings, MESOS_ISOLATION: 'lamps' };
      expect(said(run('mesos-isolators', { ...fitting, settings }))).toEqual([
        "blocker: lamps in MESOS_ISOLATION: Mesos 1.0.0 does not have it built in, and no module that is loaded has this name. The agent exits: Failed to create isolator 'lamps': Unknown or unsupported isolator.",
      ]);
    });

    test('a name twice is refused from 1.0.0 on, and the two names of one isolator together', () => {
      const settings = { ...fitting.settings, MESOS_ISOLATION: 'cgroups/cpu,posix/disk,disk/du,cgroups/cpu' };
      expect(said(run('mesos-isolators', { ...fitting, settings }))).toEqual([
        'blocker: cgroups/cpu in MESOS_ISOLATION: It is there twice, which Mesos 1.0.0 refuses: Duplicate entries found in --isolation flag.',
        'blocker: posix/disk in MESOS_ISOLATION: It is the old name of disk/du, and Mesos 1.0.0 refuses the two together.',
      ]);
      expect(
        said(run('mesos-isolators', { settings: { MESOS_ISOLATION: 'cgroups/cpu,cgroups/cpu' } })),
      ).toEqual([]);
    });

    test('a module of another kind than the setting asks for', () => {
      expect(said(run('mesos-hooks', { settings: { MESOS_HOOKS: 'org_lamp_GlowIsolator' } }))).toEqual([
        'blocker: org_lamp_GlowIsolator in MESOS_HOOKS: MESOS_HOOKS asks for a module of the kind Hook, and the one in /opt/lamp/lib/libstats.so is of the kind Isolator.',
      ]);
      expect(said(run('mesos-other-modules', { settings: { MESOS_AUTHENTICATEE: 'crammd6' } }))).toEqual([
        "blocker: crammd6 in MESOS_AUTHENTICATEE: Mesos 0.28.1 does not have it built in, and no module that is loaded has this name. The agent exits: Module 'crammd6' unknown.",
      ]);
      expect(said(run('mesos-other-modules', { settings: { MESOS_AUTHENTICATEE: 'crammd5' } }))).toEqual([]);
    });
  },
);
