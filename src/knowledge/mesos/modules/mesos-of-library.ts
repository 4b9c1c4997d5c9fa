import { parseElf } from '../../../formats/elf/parse-elf.ts';
import type { Host } from '../../../host/host.ts';
import { ifReadable } from '../../../host/if-readable.ts';
import { type MesosVersion, parseMesosVersion } from '../mesos-version.ts';

/**
 * The Mesos that a program or library was linked with, by the `libmesos-<version>.so` it needs; undefined when it
 * needs none, is a script, or can not be read.
 */
export function mesosOfLibrary(host: Host, path: string): MesosVersion | undefined {
  if (host.stat(path)?.type !== 'file') return undefined;
  return ifReadable(() => {
    const file = host.open(path);
    try {
      const elf = parseElf(file);
      if (elf.kind !== 'elf') return undefined;
      const names = elf.dynamic?.needed ?? [];
      const written = names.flatMap((name) => /^libmesos-(\d+\.\d+.*)\.so$/.exec(name)?.[1] ?? [])[0];
      return written === undefined ? undefined : parseMesosVersion(written);
    } finally {
      file.close();
    }
  });
}
