import { setTimeout as sleep } from 'node:timers/promises';
import { bootDcosAgent, type DcosAgent } from '../test/dcos/boot-dcos-agent.ts';
import type { Narrator } from './narrator.ts';

const UNIT = 'dcos-mesos-slave.service';
const COMMON = '/opt/mesosphere/etc/mesos-slave-common';
const LATEST = '/var/lib/mesos/slave/meta/slaves/latest';

/** What the swap by hand did in 2016, step by step, on a machine of its own. */
export async function tellByHand(narrator: Narrator): Promise<void> {
  narrator.chapter('By hand, as in 2016');
  const agent = await bootDcosAgent();
  try {
    const before = await agent.registered();
    narrator.say(`The node is up. Its agent is registered at the master as ${before}.`);
    await swap(narrator, agent);
    await withoutModules(narrator, agent);
    const after = await followRemedy(narrator, agent);
    await rollBackByHand(narrator, agent, before, after);
  } finally {
    await agent.machine.throwAway();
  }
}

async function swap(narrator: Narrator, agent: DcosAgent): Promise<void> {
  narrator.say(
    'The operator keeps copies, points the unit at the new build, adds the GPU isolator, and restarts.',
  );
  await type(narrator, agent, [
    `mkdir /root/backup && cp --dereference /etc/systemd/system/${UNIT} ${COMMON} /root/backup/`,
    `sed -i 's#^ExecStart=.*#ExecStart=/root/repo/mesos/build/bin/mesos-slave.sh#' $(realpath /etc/systemd/system/${UNIT})`,
    `sed -i '/^MESOS_ISOLATION=/s#$#,cgroups/devices,gpu/nvidia#' $(realpath ${COMMON})`,
    `systemctl daemon-reload && systemctl restart ${UNIT}`,
  ]);
  await show(narrator, agent, 'Error loading modules');
  narrator.say(
    "DC/OS's logger module was built for Mesos 0.28.1 and needs a function that 1.0.0 does not have.",
  );
}

async function withoutModules(narrator: Narrator, agent: DcosAgent): Promise<void> {
  narrator.say('So the modules go, and everything that names one of them.');
  await type(narrator, agent, [
    `sed -i -e '/^MESOS_MODULES=/d' -e '/^MESOS_HOOKS=/d' -e '/^MESOS_CONTAINER_LOGGER=/d' -e 's#,com_mesosphere_StatsIsolatorModule##' $(realpath ${COMMON})`,
    `systemctl restart ${UNIT}`,
  ]);
  await show(narrator, agent, 'Incompatible agent info');
  narrator.say(
    'Now the agent has GPUs, so its info is no longer the one it wrote down before. It prints a remedy.',
  );
}

async function followRemedy(narrator: Narrator, agent: DcosAgent): Promise<string> {
  narrator.say('The operator follows the remedy.');
  await type(narrator, agent, [`rm -f ${LATEST}`, `systemctl restart ${UNIT}`]);
  const after = await agent.registered();
  narrator.say(
    `It starts, under a new id: ${after}. From now on the master refuses the old one, and nobody has said so.`,
  );
  return after;
}

async function rollBackByHand(
  narrator: Narrator,
  agent: DcosAgent,
  before: string,
  after: string,
): Promise<void> {
  narrator.say('The GPU test is over. Back to the default configuration, from the copies:');
  await type(narrator, agent, [
    `cp /root/backup/${UNIT} $(realpath /etc/systemd/system/${UNIT})`,
    `cp /root/backup/mesos-slave-common $(realpath ${COMMON})`,
    `systemctl daemon-reload && systemctl restart ${UNIT}`,
  ]);
  await show(narrator, agent, 'Incompatible slave info');
  const id = await agent.agentId();
  narrator.say(
    `"And when roll back to the default configure of DC/OS, it still does not work." (registered: ${id ?? 'no'}.) ` +
      `Every file is as it was, but the agent's state on disk is not: it still says ${after}, with GPUs. ` +
      `And had the old state been put back as well, the master would have shut ${before} down, because another ` +
      'agent has registered from its address since.',
  );
}

async function type(narrator: Narrator, agent: DcosAgent, commands: readonly string[]): Promise<void> {
  for (const command of commands) {
    narrator.command(command);
    await agent.machine.mustRunShell(command);
  }
}

/** Waits for the service's log to say `text` after its last start, and shows that part of the log. */
async function show(narrator: Narrator, agent: DcosAgent, text: string): Promise<void> {
  const lastStart = `journalctl -u ${UNIT} -o cat -n 200 | tac | sed '/^Starting\\|^Started/q' | tac`;
  for (let tries = 0; tries < 100; tries += 1) {
    const { stdout } = await agent.machine.runShell(lastStart);
    const lines = stdout
      .split('\n')
      .filter((line) => !/ping|packets transmitted|bytes from|^rtt|^$/i.test(line));
    if (lines.some((line) => line.includes(text))) {
      narrator.command(`journalctl -u ${UNIT} -o cat | tail`);
      narrator.output(telling(lines, text).join('\n'));
      return;
    }
    await sleep(200);
  }
  throw new Error(`The log of ${UNIT} never said "${text}"`);
}

/** The line that says it, and the remedy where one is printed; what lies between is Mesos's dump of both infos. */
function telling(lines: readonly string[], text: string): string[] {
  const at = lines.findIndex((line) => line.includes(text));
  const remedy = lines.findIndex((line) => line.startsWith('To remedy this'));
  const rest = remedy === -1 ? lines.slice(at + 1) : ['…', ...lines.slice(remedy)];
  return [lines[at] ?? '', ...rest].slice(0, 8);
}
