import { posix } from 'node:path';
import { findText, findTexts } from '../formats/elf/find-text.ts';
import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { withFile } from '../host/with-file.ts';
import type { NamedLibraries, NamedLibrary } from './named-library.ts';
import { type PamStack, pamStack } from './pam-stack.ts';
import { RunTimeLibraries } from './run-time-libraries.ts';
import type { LoadedProgram, ServiceStart } from './service-start.ts';

/**
 * The modules of PAM that the program of a service loads when it authenticates somebody. Which PAM service it asks for
 * stands in its code: those of /etc/pam.d count whose names are its own or stand whole among its texts. Source:
 * pam(7); pam_handlers.c of Linux-PAM 1.5.
 */
export function pamModules({ host, loaded }: Pick<ServiceStart, 'host' | 'loaded'>): NamedLibraries {
  const libpam = loaded?.closure.byName.get('libpam.so.0');
  if (loaded === undefined || libpam === undefined) return NONE;
  const { program } = loaded.closure;
  const names = servicesAskedFor(host, program);
  if (names.length === 0)
    return {
      ...NONE,
      notExamined: [`which service of PAM ${program.path} asks for: none of /etc/pam.d by its name`],
    };
  const askers = names.map((name) => ({
    name,
    how: `${program.path} links ${libpam.name} and has the text '${name}'`,
  }));
  return modulesOf(host, loaded, libpam, askers);
}

/** The modules of PAM that systemd itself loads to open a session for a service that has `PAMName=`. */
export function sessionModules(
  host: Host,
  systemd: LoadedProgram | undefined,
  name: string,
  how: string,
): NamedLibraries {
  const libpam = systemd?.closure.byName.get('libpam.so.0');
  if (systemd === undefined || libpam === undefined)
    return {
      ...NONE,
      notExamined: [`the modules of PAM for ${how}: systemd's own program could not be read`],
    };
  return modulesOf(host, systemd, libpam, [{ name, how }]);
}

const NONE: NamedLibraries = { libraries: [], files: [], notExamined: [] };

function modulesOf(
  host: Host,
  loaded: LoadedProgram,
  libpam: LoadedObject,
  askers: readonly { readonly name: string; readonly how: string }[],
): NamedLibraries {
  const directories = moduleDirectories(host, libpam);
  const find = (name: string): string => {
    const files = directories.map((directory) => posix.join(directory, name));
    return files.find((file) => ifReadable(() => host.stat(file)) !== undefined) ?? files[0] ?? name;
  };
  const opened = new RunTimeLibraries(host, loaded);
  const stacks = askers.map(({ name, how }): PamStack & { how: string } => ({
    ...pamStack(host, name),
    how,
  }));
  const libraries = stacks.flatMap(({ modules, how }) =>
    modules.map(({ module, type, mayLack, place }): NamedLibrary => {
      const file = module.startsWith('/') ? module : find(module);
      return {
        file,
        purpose: type,
        place,
        askedBy: how,
        otherwise: mayLack ? 'PAM passes over it' : 'PAM fails at it',
        library: opened.open(file, false, libpam),
      };
    }),
  );
  const files = stacks.flatMap(({ files: paths, how }) =>
    paths.map((path) => ({ path, how: `PAM reads it: ${how}` })),
  );
  return { libraries, files, notExamined: stacks.flatMap(({ notExamined }) => notExamined) };
}

/**
 * Where libpam looks for modules with a plain name is compiled in: a directory with a slash at its end, and in Debian's builds
 * one without, where it looks next.
 */
function moduleDirectories(host: Host, { path, elf, realPath }: LoadedObject): string[] {
  const texts =
    ifReadable(() =>
      withFile(host, path, (file) => findTexts(file, elf, /(?<![\w./-])\/[\w./-]*\/security\/?(?=\0)/g)),
    ) ?? [];
  const own = [...texts].filter((text) => text.endsWith('/'));
  const others = [...texts].filter((text) => !text.endsWith('/'));
  return [...own, ...others, posix.join(posix.dirname(realPath), 'security')];
}

/** Files that others include, and the one for services that have none, nobody asks for by name. */
function servicesAskedFor(host: Host, { path, elf }: LoadedObject): string[] {
  const names = ['/etc/pam.d', '/usr/lib/pam.d'].flatMap(
    (directory) => ifReadable(() => host.list(directory)) ?? [],
  );
  const asked = [...new Set(names)].filter(
    (name) => /^[\w.-]+$/.test(name) && !/^(?:common-|other$)/.test(name),
  );
  const own = posix.basename(path);
  return asked.filter((name) => name === own || hasText(host, { path, elf }, name)).sort();
}

function hasText(host: Host, { path, elf }: Pick<LoadedObject, 'path' | 'elf'>, text: string): boolean {
  const whole = new RegExp(`(?<![ -~])${text.replace(/[.-]/g, '\\$&')}\\0`);
  return ifReadable(() => withFile(host, path, (file) => findText(file, elf, whole))) !== undefined;
}
