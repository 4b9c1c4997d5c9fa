import type { NamedFault } from './named-faults.ts';
import { judged } from './fault-cases.ts';

const PLAN = '/root/other-plan.json';

/** A program that is not well, or a question that is not answered as it should be. */
export const gateFaults: readonly NamedFault[] = [
  fails('the program ends at once', { program: 'exit 3' }),
  fails('the program kills itself', { program: 'kill -SEGV $$' }),
  fails('the program ends after a while', { program: 'sleep 0.4; exit 0', gate: 'stable: 2s' }),
  fails('the program takes the state along and ends', {
    program: 'rm -r /var/lib/lamp/meta; exit 1',
  }),
  fails('a command is not content', { gate: probe('command: [/bin/false]') }),
  fails('a command prints something else', { gate: probe('command: [/bin/echo, no], prints: yes') }),
  fails('a command hangs', { gate: probe('command: [/bin/sh, -c, "sleep 1000"]') }),
  fails('a command hangs and leaves a program behind', {
    gate: probe('command: [/bin/sh, -c, "sleep 1000 & wait"]'),
  }),
  fails('a command is not there', { gate: probe('command: [/opt/nowhere]') }),
  fails('nobody listens', { gate: probe('tcp: "127.0.0.1:9"') }),
  fails('nobody answers', { gate: probe('url: "http://127.0.0.1:9/"') }),
  fails('a line is logged that must not be', {
    program: 'echo out of oil; exec sleep infinity',
    gate: probe('log: out of oil, must: not-appear'),
  }),
  fails('a line is not logged', { gate: probe('log: well lit, must: appear') }),
  {
    title: 'the gate fails, and so does that of the way back',
    run: async (crash) => {
      await crash.machine.mustRunShell(
        plan('chmod 0644 /opt/lamp-1/bin/lamp; exit 1', 'stable: 0s, timeout: 3s'),
      );
      const run = await crash.tryRun(`apply ${PLAN}`, {});
      return await judged(crash, 'apply', run, async () => {
        await crash.machine.mustRunShell('chmod 0755 /opt/lamp-1/bin/lamp');
      });
    },
  },
];

interface Unwell {
  /** What the replacement runs after it has taken the state over; it stays unless told. */
  readonly program?: string;
  readonly gate?: string;
}

function fails(what: string, unwell: Unwell): NamedFault {
  return {
    title: `the gate fails: ${what}`,
    run: async (crash) => {
      const { program = 'exec sleep infinity', gate = 'stable: 500ms' } = unwell;
      await crash.machine.mustRunShell(plan(program, gate));
      const { stdout, ...run } = await crash.tryRun(`apply ${PLAN}`, {});
      const { end, wrong } = await judged(crash, 'apply', { stdout, ...run });
      if (wrong !== undefined) return { end, wrong };
      return end === 'rolled-back' ? { end } : { end, wrong: `not rolled back: ${stdout}` };
    },
  };
}

function probe(wants: string): string {
  return `stable: 0s, timeout: 2s, probes: [{ title: the lamp, ${wants} }]`;
}

/** Shell commands that make the replacement and a plan with a gate. */
function plan(program: string, gate: string): string {
  const head =
    '#!/bin/sh\necho 2 > /var/lib/lamp/meta/form; echo "lit by version 2" >> /var/lib/lamp/meta/log\n';
  const text = `${head}${program}\n`;
  const timeout = gate.includes('timeout') ? gate : `${gate}, timeout: 5s`;
  return `printf %s ${quoted(text)} > /opt/lamp-2/bin/lamp
    grep -v ^gate: /root/lamp.yaml > /root/other.yaml; echo ${quoted(`gate: { ${timeout} }`)} >> /root/other.yaml
    cutover plan /root/other.yaml --out ${PLAN}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
