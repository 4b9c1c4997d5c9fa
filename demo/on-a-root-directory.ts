import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDcosTextLayer } from '../test/dcos/build-dcos-agent-layer.ts';
import { dcosAgentLayer } from '../test/dcos/dcos-agent-layer.ts';
import { canBuildStandIns } from '../test/stand-ins/can-build.ts';
import type { Narrator } from './narrator.ts';
import { specs } from './specs.ts';

const UNIT = 'dcos-mesos-slave.service';
const cutover = fileURLToPath(new URL('../dist/cutover.js', import.meta.url));

/** What can be told without a machine: the questions, asked of the node's tree. */
export async function tellOnRoot(narrator: Narrator): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'cutover-demo-'));
  const possible = canBuildStandIns();
  try {
    const root = possible.ok ? await dcosAgentLayer() : await textLayer(join(directory, 'node'));
    const naive = join(directory, 'naive.yaml');
    const mended = join(directory, 'mended.yaml');
    writeFileSync(naive, specs.naive);
    // The agent has never run here: its first start gives up no id, so there is nothing to accept.
    writeFileSync(mended, specs.mended.replace(/^accept:[\s\S]*/m, ''));
    narrator.chapter('Where does the setting come from?');
    type(narrator, ['trace', UNIT, 'MESOS_ISOLATION', '--root', root]);
    narrator.chapter('What hangs on what?');
    type(narrator, ['inspect', UNIT, '--root', root]);
    if (!possible.ok) {
      narrator.say(
        `The stand-ins for Mesos cannot be built: ${possible.reason}. So the node has its text alone: its programs and libraries are absent above, and check and plan, which examine both builds of Mesos, are left out.`,
      );
      return;
    }
    narrator.chapter('What would the naive swap break?');
    type(narrator, ['check', naive, '--root', root]);
    narrator.chapter('What exactly would change with the spec that check led to?');
    type(narrator, ['plan', mended, '--root', root]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function textLayer(directory: string): Promise<string> {
  await buildDcosTextLayer(directory);
  return directory;
}

function type(narrator: Narrator, args: readonly string[]): void {
  narrator.command(`cutover ${args.join(' ')}`);
  const { stdout, stderr } = spawnSync(process.execPath, [cutover, ...args], { encoding: 'utf8' });
  narrator.output(`${stderr}${stdout}`);
}
