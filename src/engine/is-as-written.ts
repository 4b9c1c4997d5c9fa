import type { Host } from '../../host/host.ts';
import { fileDigest } from '../../plan/file-digest.ts';
import type { StepOf } from '../step-action.ts';

/** A text says what is not as it was to be written. */
export function whyNotWritten(step: StepOf<'file-write' | 'file-replace'>, host: Host): string | undefined {
  const { path, mode, uid, gid } = step;
  const facts = host.lstat(path);
  const equal =
    facts?.type === 'file' &&
    facts.mode === mode &&
    facts.uid === uid &&
    facts.gid === gid &&
    (step.kind === 'file-write'
      ? hasContent(host, path, facts.size, Buffer.from(step.content))
      : fileDigest(host, path) === step.sha256);
  return equal ? undefined : `${path} is not what was written to it`;
}

/** Compared byte by byte: of a thousand small files a digest each would cost more than to read them. */
function hasContent(host: Host, path: string, size: number, content: Buffer): boolean {
  return size === content.length && content.equals(host.readFile(path, size));
}
