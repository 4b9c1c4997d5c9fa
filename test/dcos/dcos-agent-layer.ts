import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildDcosAgentLayer } from './build-dcos-agent-layer.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const sources = ['test/dcos', 'test/stand-ins', 'test/fixtures/dcos-1.7'];

/** The node's tree, built once for each state of its sources and then kept under .cache/. Not to be written to. */
export async function dcosAgentLayer(): Promise<string> {
  const layers = `${checkout}/.cache/dcos-agent-layer`;
  const layer = `${layers}/${await digestOfSources()}`;
  if (existsSync(layer)) return layer;
  const unfinished = `${layers}/${randomUUID()}`;
  await mkdir(layers, { recursive: true });
  try {
    await buildDcosAgentLayer(unfinished);
    await rename(unfinished, layer);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process may have built the same in the meantime.
    if (!existsSync(layer)) throw error;
  }
  return layer;
}

async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    const paths = await readdir(`${checkout}/${source}`, { recursive: true });
    for (const path of paths.toSorted()) {
      if (path.endsWith('.md')) continue;
      const file = `${checkout}/${source}/${path}`;
      const status = await stat(file);
      if (status.isFile()) hash.update(`${source}/${path}\0${status.mode}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex').slice(0, 32);
}
