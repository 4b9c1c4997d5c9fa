import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RootedHost } from '../../src/host/rooted-host.ts';
import { CouldNotRun } from '../../src/documents/could-not-run.ts';
import { SourceTexts } from './source-texts.ts';

/** The generator's sources: a directory that holds `gen`, as a host. */
export interface Checkout {
  readonly directory: string;
  readonly host: RootedHost;
  readonly texts: SourceTexts;
}

/** Throws `CouldNotRun` where `directory` neither is `gen` nor holds it. */
export function openCheckout(directory: string): Checkout {
  if (!existsSync(directory)) throw new CouldNotRun(`--sources ${directory}: there is no such directory`);
  if (!statSync(directory).isDirectory()) throw new CouldNotRun(`--sources ${directory} is no directory`);
  const root = holdsGenerator(directory) ? directory : dirname(directory);
  if (!holdsGenerator(root) || (root !== directory && basename(directory) !== 'gen')) {
    throw new CouldNotRun(
      `--sources ${directory}: no gen/calc.py in it; name a checkout of https://github.com/dcos/dcos ` +
        '(git checkout 1.10.11) or a directory that holds its gen/',
    );
  }
  const host = new RootedHost(root);
  return { directory: root, host, texts: new SourceTexts(host) };
}

function holdsGenerator(directory: string): boolean {
  return existsSync(join(directory, 'gen', 'calc.py'));
}
