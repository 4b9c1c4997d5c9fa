import type { ScriptFiles } from '../formats/shell/shell-state.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';

const SIZE_LIMIT = 1024 * 1024;

/** A host as a script that is followed sees it; what can not be read is not there for it. */
export function scriptFiles(host: Host): ScriptFiles {
  const facts = (path: string) => ifReadable(() => host.stat(path));
  return {
    read: (path) =>
      ifReadable(() =>
        facts(path)?.type === 'file' ? new TextDecoder().decode(host.readFile(path, SIZE_LIMIT)) : undefined,
      ),
    realPath: (path) => ifReadable(() => host.realPath(path)),
    kind: (path) => {
      const found = facts(path);
      if (found?.type !== 'file') return found?.type === 'directory' ? 'directory' : found && 'other';
      return (found.mode & 0o111) === 0 ? 'file' : 'program';
    },
  };
}
