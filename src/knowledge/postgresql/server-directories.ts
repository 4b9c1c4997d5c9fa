import { posix } from 'node:path';
import { type Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';

/** Where a server looks for libraries (`$libdir`) and for extensions. */
export interface ServerDirectories {
  readonly libraries: string | undefined;
  readonly share: string | undefined;
}

/**
 * The server works both out from where its program lies; which way depends on how it was built. Taken is the first of the
 * usual places, upstream's, Debian's and Red Hat's, that has the library and the extension of PL/pgSQL.
 */
export function serverDirectories(
  host: Host,
  program: string,
  version: string | undefined,
): ServerDirectories {
  const real = ifReadable(() => host.realPath(program)) ?? program;
  const prefix = posix.dirname(posix.dirname(real));
  const first = (directories: readonly string[], file: string): string | undefined =>
    directories.find((directory) => ifReadable(() => host.stat(`${directory}/${file}`)) !== undefined);
  const ofVersion = version === undefined ? [] : [`/usr/share/postgresql/${version}`];
  return {
    libraries: first(
      [`${prefix}/lib`, `${prefix}/lib/postgresql`, `${prefix}/lib64/pgsql`, `${prefix}/lib64`],
      'plpgsql.so',
    ),
    share: first(
      [...ofVersion, `${prefix}/share`, `${prefix}/share/postgresql`, `${prefix}/share/pgsql`],
      'extension/plpgsql.control',
    ),
  };
}
