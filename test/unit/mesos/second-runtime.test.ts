// Libraries that may be in a process but once, and a module that brings a second one along.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { examined, mesosRoot, NEW_AGENT, record } from '../../mesos-root.ts';
import { hasCompiler, library } from '../../small-elf.ts';

describe.skipIf(!hasCompiler)('a module and the Mesos that it was linked with', () => {
  const CARRY = '/srv/mesos/lib/libcarry.so';

  /** What is said of a module of 1.0.0 that needs `needed`, in an agent of 1.0.0. */
  function said(needed: string): string[] {
    const modules = JSON.stringify({ libraries: [{ file: CARRY, modules: [{ name: 'org_lamp_Carry' }] }] });
    const settings = {
      MESOS_ISOLATION: 'posix/cpu',
      MESOS_HOOKS: undefined,
      MESOS_CONTAINER_LOGGER: undefined,
    };
    const root = mesosRoot({ program: NEW_AGENT, modules, settings });
    const source = `${record('org_lamp_Carry', 'Anonymous', '1.0.0')} int carry() { return 1; }`;
    const options = ['-Wl,--no-as-needed', '-Wl,-rpath,/opt/lamp/lib:/srv/mesos/lib'];
    library(join(root.root, CARRY), source, ...options, join(root.root, needed));
    const agent = examined(root);
    return agent
      .compare(agent)
      .flatMap(({ findings }) => findings)
      .filter(({ id }) => id === 'mesos-module-symbols')
      .map(({ severity, subject, reason }) => `${severity}: ${subject}: ${reason}`);
  }

  test("a module that brings another release's libmesos along", () => {
    expect(said('/opt/lamp/lib/libmesos-0.28.1.so')).toEqual([
      `blocker: ${CARRY}: It brings /opt/lamp/lib/libmesos-0.28.1.so into the process, a second Mesos beside the agent's own.`,
    ]);
  });

  test("a module that needs the agent's own libmesos", () => {
    expect(said('/srv/mesos/lib/libmesos-1.0.0.so')).toEqual([]);
  });
});
