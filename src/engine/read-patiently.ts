import { setImmediate as turn } from 'node:timers/promises';
import type { Machine } from '../host/machine.ts';
import type { Entry } from '../journal/entry.ts';
import { patientDigest } from './patient-digest.ts';
import { below, inTree, namesIn, readTree } from './read-entries.ts';

const FILES_A_TURN = 64;

/** The entries of a tree, as `readTree` gives them; programs that end meanwhile, and signals, are heard. Throws `HostError` where it can't be read. */
export async function readPatiently(machine: Machine, root: string): Promise<readonly Entry[]> {
  const host = machine.host.remembering();
  const digests = new Map<string, string>();
  const pending = ['.'];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const at = inTree(root, path);
    const facts = host.lstat(at);
    if (facts?.type === 'file') {
      digests.set(at, await patientDigest(host, at, facts.size));
      if (digests.size % FILES_A_TURN === 0) await turn();
    }
    if (facts?.type !== 'directory') continue;
    for (const name of namesIn(host, at)) pending.push(below(path, name));
  }
  const { entries } = await readTree(machine, root, { digestOf: (path) => digests.get(path) });
  return entries;
}
