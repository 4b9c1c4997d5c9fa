import type { MountPoint } from '../formats/mountinfo/parse-mountinfo.ts';
import { isWithin } from '../text/is-within.ts';

/**
 * The names that a file has where `theirs` are the mounts, with `path` its name where `ours` are: several where a part of a file system is
 * mounted in several places, none where nobody can reach it. Both as /proc/PID/mountinfo has them, outer ones first.
 */
export function namesInMounts(
  path: string,
  ours: readonly MountPoint[],
  theirs: readonly MountPoint[],
): readonly string[] {
  const own = mountOf(path, ours);
  if (own === undefined) return [path];
  const inFileSystem = joined(own.root, below(path, own.path));
  return theirs
    .filter((mount) => mount.device === own.device && isWithin(inFileSystem, mount.root))
    .map((mount) => ({ mount, name: joined(mount.path, below(inFileSystem, mount.root)) }))
    .filter(({ mount, name }) => mountOf(name, theirs) === mount)
    .map(({ name }) => name);
}

/** The last one of those that hold the most of the path: it lies over the others. */
function mountOf(path: string, mounts: readonly MountPoint[]): MountPoint | undefined {
  let deepest: MountPoint | undefined;
  for (const mount of mounts)
    if (isWithin(path, mount.path) && mount.path.length >= (deepest?.path.length ?? 0)) deepest = mount;
  return deepest;
}

function below(path: string, directory: string): string {
  return path.slice(directory === '/' ? 0 : directory.length);
}

function joined(directory: string, rest: string): string {
  return `${directory === '/' ? '' : directory}${rest}` || '/';
}
