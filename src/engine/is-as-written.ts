import type { Host } from '../host/host.ts';
import { fileDigest } from '../plan/file-digest.ts';
import type { StepOf } from './step-action.ts';

/** A step that puts a file at its path. */
export type Written = StepOf<'file-write' | 'file-replace'>;

/** Whether a path has the file that a step writes: its own, or that of a copy made of what stood there. */
export function isAsWritten(step: Written, host: Host, at: string = step.path): boolean {
  const { mode, uid, gid } = step;
  const facts = host.lstat(at);
  return (
    facts?.type === 'file' &&
    facts.mode === mode &&
    facts.uid === uid &&
    facts.gid === gid &&
    (step.kind === 'file-write'
      ? hasContent(host, at, facts.size, Buffer.from(step.content))
      : fileDigest(host, at) === step.sha256)
  );
}

/** Compared byte by byte: of a thousand small files a digest each would cost more than to read them. */
function hasContent(host: Host, path: string, size: number, content: Buffer): boolean {
  return size === content.length && content.equals(host.readFile(path, size));
}

/** For the failure of a step. */
export function whyNotWritten(step: Written, host: Host): string | undefined {
  return isAsWritten(step, host) ? undefined : `${step.path} is not what was written to it`;
}
