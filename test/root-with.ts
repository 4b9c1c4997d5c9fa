import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { RootedHost } from '../src/host/rooted-host.ts';

/** A file's text or bytes; `-> target` for a link; text with a mode for a program; a mode alone for what is there; what is no file. */
type Entry =
  | string
  | Uint8Array
  | { readonly text?: string; readonly mode: number }
  | typeof FIFO
  | typeof DIRECTORY;
export const FIFO: unique symbol = Symbol('FIFO');
export const DIRECTORY: unique symbol = Symbol('directory');

/** A root directory with these files, as a host; removed when the test ends. */
export function rootWith(entries: Readonly<Record<string, Entry>>): RootedHost {
  const root = mkdtempSync(join(tmpdir(), 'cutover-root-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  addToRoot(root, entries);
  return new RootedHost(root);
}

/** Adds to a root directory, as `rootWith` lays it; a file that is there gets the new text. */
export function addToRoot(root: string, entries: Readonly<Record<string, Entry>>): void {
  for (const [path, entry] of Object.entries(entries)) {
    const at = join(root, path);
    mkdirSync(dirname(at), { recursive: true });
    if (entry === FIFO) execFileSync('mkfifo', [at]);
    else if (entry === DIRECTORY) mkdirSync(at);
    else {
      const text = typeof entry === 'string' || entry instanceof Uint8Array ? entry : entry.text;
      if (typeof text === 'string' && text.startsWith('-> ')) symlinkSync(text.slice(3), at);
      else if (text !== undefined) writeFileSync(at, text);
      if (typeof entry !== 'string' && !(entry instanceof Uint8Array)) chmodSync(at, entry.mode);
    }
  }
}
