import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { RootedHost } from '../src/host/rooted-host.ts';

/** A file's text; `-> target` for a link; text with a mode for a program. */
type Entry = string | { readonly text: string; readonly mode: number };

/** A root directory with these files, as a host; removed when the test ends. */
export function rootWith(entries: Readonly<Record<string, Entry>>): RootedHost {
  const root = mkdtempSync(join(tmpdir(), 'cutover-root-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, entry] of Object.entries(entries)) {
    const at = join(root, path);
    mkdirSync(dirname(at), { recursive: true });
    const text = typeof entry === 'string' ? entry : entry.text;
    if (text.startsWith('-> ')) symlinkSync(text.slice(3), at);
    else writeFileSync(at, text);
    if (typeof entry !== 'string') chmodSync(at, entry.mode);
  }
  return new RootedHost(root);
}
