import { type Host, HostError } from '../../../host/host.ts';

const LARGEST_SOURCE = 4 * 1024 * 1024;
const IMAGES = ['/opt/mesosphere/active/dcos-image'];
const PACKAGES = '/opt/mesosphere/packages';

/** The directory `gen` of DC/OS's generator (calc.py, dcos-config.yaml, …) and the host that it is on. */
export interface GeneratorSources {
  readonly host: Host;
  /** Absolute, links followed. */
  readonly directory: string;
}

/**
 * Finds the generator's sources: in `given` (a directory `gen`, or one that holds it), or on the node, where the
 * package dcos-image carries them below lib/python3.*\/site-packages/gen (packages/dcos-image/build, 1.7 to 2.2).
 */
export function findGeneratorSources(
  host: Host,
  given?: { readonly host: Host; readonly directory: string },
): GeneratorSources | undefined {
  const candidates =
    given === undefined
      ? imagesOf(host)
          .flatMap((image) => siteDirectories(host, image))
          .map((directory) => ({ host, directory }))
      : [given, { ...given, directory: `${given.directory}/gen` }];
  for (const { host: owner, directory } of candidates) {
    const real = owner.realPath(directory);
    if (real !== undefined && owner.stat(`${real}/calc.py`)?.type === 'file')
      return { host: owner, directory: real };
  }
  return undefined;
}

function imagesOf(host: Host): string[] {
  const installed = (host.list(PACKAGES) ?? []).filter((name) => name.startsWith('dcos-image--'));
  return [...IMAGES, ...installed.map((name) => `${PACKAGES}/${name}`)];
}

function siteDirectories(host: Host, image: string): string[] {
  const pythons = (host.list(`${image}/lib`) ?? []).filter((name) => /^python3\.\d+$/.test(name));
  return pythons.map((name) => `${image}/lib/${name}/site-packages/gen`);
}

/** The text of a file of the sources, or undefined where it can't be read. */
export function readSource(
  sources: GeneratorSources,
  name: string,
): { file: string; text: string } | undefined {
  const file = `${sources.directory}/${name}`;
  return readText(sources.host, file);
}

/** The text of a file, or undefined where there is none, or none that can be read. */
export function readText(host: Host, file: string): { file: string; text: string } | undefined {
  try {
    if (host.stat(file)?.type !== 'file') return undefined;
    return {
      file,
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(host.readFile(file, LARGEST_SOURCE)),
    };
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

/** The source of a module of the package `gen`, by its dotted name. */
export function moduleSource(
  sources: GeneratorSources,
  name: string,
): { file: string; text: string } | undefined {
  if (!/^gen(?:\.\w+)*$/.test(name)) return undefined;
  const path = name.split('.').slice(1).join('/');
  const inits = path === '' ? ['__init__.py'] : [`${path}.py`, `${path}/__init__.py`];
  return inits.map((file) => readSource(sources, file)).find((source) => source !== undefined);
}
