import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dcosAgentLayer } from '../test/dcos/dcos-agent-layer.ts';
import type { Narrator } from './narrator.ts';
import { specs } from './specs.ts';

const UNIT = 'dcos-mesos-slave.service';
const cutover = fileURLToPath(new URL('../dist/cutover.js', import.meta.url));

/** What can be told without a machine: the questions, asked of the node's tree. */
export async function tellOnRoot(narrator: Narrator): Promise<void> {
  const root = await dcosAgentLayer();
  const directory = mkdtempSync(join(tmpdir(), 'cutover-demo-'));
  try {
    const naive = join(directory, 'naive.yaml');
    const mended = join(directory, 'mended.yaml');
    writeFileSync(naive, specs.naive);
    writeFileSync(mended, specs.mended);
    narrator.chapter('Where does the setting come from?');
    type(narrator, ['trace', UNIT, 'MESOS_ISOLATION', '--root', root]);
    narrator.chapter('What hangs on what?');
    type(narrator, ['inspect', UNIT, '--root', root]);
    narrator.chapter('What would the naive swap break?');
    type(narrator, ['check', naive, '--root', root]);
    narrator.chapter('What exactly would change with the spec that check led to?');
    type(narrator, ['plan', mended, '--root', root]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function type(narrator: Narrator, args: readonly string[]): void {
  narrator.command(`cutover ${args.join(' ')}`);
  const { stdout, stderr } = spawnSync(process.execPath, [cutover, ...args], { encoding: 'utf8' });
  narrator.output(`${stderr}${stdout}`);
}
