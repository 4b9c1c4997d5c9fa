import { type Host, HostError } from '../host/host.ts';

/** Why there is no file to be read at a path, as the end of a sentence about it; undefined where there is one. */
export function notAFile(host: Host, path: string): string | undefined {
  try {
    return whatElse(host, path);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return error.reason === 'link-loop'
      ? 'leads through links in a circle'
      : `can't be read (${error.message.slice(path.length + 2)})`;
  }
}

function whatElse(host: Host, path: string): string | undefined {
  const there = host.stat(path)?.type;
  if (there === 'file') return undefined;
  if (there !== undefined)
    return `is ${there === 'directory' ? 'a directory' : 'a FIFO, socket or device'}, not a file`;
  if (host.lstat(path)?.type !== 'link') return 'does not exist';
  const target = host.readLink(path);
  const where = host.kind === 'live' ? '' : ' in this root';
  return `is a link to ${target}, which does not exist${where}`;
}

/** Why no file can be written at a path as things are, as the end of a sentence about it. */
export function cannotBeFile(host: Host, path: string): string | undefined {
  const reason = notAFile(host, path);
  if (reason !== 'does not exist') return reason?.startsWith('is a link') === true ? undefined : reason;
  for (let above = directoryOf(path); above !== '/'; above = directoryOf(above)) {
    const there = host.stat(above)?.type;
    if (there !== undefined)
      return there === 'directory' ? undefined : `can't be there: ${above} is no directory`;
  }
  return undefined;
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
