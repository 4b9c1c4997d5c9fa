import { isUtf8 } from 'node:buffer';
import { type FileFacts, type Host, HostError } from '../../../host/host.ts';
import { ifReadable } from '../../../host/if-readable.ts';
import type { Place } from '../../../text/place.ts';
import { placesIn } from '../../../text/places-in.ts';

const LARGEST_SOURCE = 1024 * 1024;
const PACKAGES = '/opt/mesosphere/packages';

/** The directory `gen` of DC/OS's generator (calc.py, dcos-config.yaml, …) and the host that it is on. */
export interface GeneratorSources {
  readonly host: Host;
  /** Absolute, links followed. */
  readonly directory: string;
}

/** The text of a file of the sources. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Finds the generator's sources: in `given` (a directory `gen`, or one that holds it), or on the node, where the
 * package dcos-image carries them below lib/python3.*\/site-packages/gen (packages/dcos-image/build, 1.7 to 2.2).
 */
export function findGeneratorSources(
  host: Host,
  given?: { readonly host: Host; readonly directory: string },
): GeneratorSources | undefined {
  if (given !== undefined) {
    return directoryOf(given.host, given.directory) ?? directoryOf(given.host, `${given.directory}/gen`);
  }
  for (const image of imagesOf(host)) {
    for (const python of listed(host, `${image}/lib`).filter((name) => /^python3\.\d+$/.test(name))) {
      const found = directoryOf(host, `${image}/lib/${python}/site-packages/gen`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Why there are no sources where the node has them, though there is a calc.py; undefined where there is none. */
export function whyNoSources(host: Host): string | undefined {
  for (const image of imagesOf(host)) {
    for (const python of listed(host, `${image}/lib`).filter((name) => /^python3\.\d+$/.test(name))) {
      const directory = `${image}/lib/${python}/site-packages/gen`;
      const fault = whyUnreadable({ host, directory }, 'calc.py');
      if (fault !== undefined) return `${fault.place.file}: ${fault.message}`;
    }
  }
  return undefined;
}

/** The active image, and then those that are merely installed. */
function imagesOf(host: Host): string[] {
  const installed = listed(host, PACKAGES).filter((name) => name.startsWith('dcos-image--'));
  return ['/opt/mesosphere/active/dcos-image', ...installed.map((name) => `${PACKAGES}/${name}`)];
}

function directoryOf(host: Host, path: string): GeneratorSources | undefined {
  const directory = ifReadable(() => host.realPath(path));
  if (directory === undefined) return undefined;
  const isThere = ifReadable(() => host.stat(`${directory}/calc.py`)?.type === 'file');
  return isThere === true ? { host, directory } : undefined;
}

function listed(host: Host, path: string): readonly string[] {
  return ifReadable(() => host.list(path)) ?? [];
}

/** The text of a file below `gen`, or undefined where it can't be read. */
export function readSource(sources: GeneratorSources, name: string): SourceFile | undefined {
  return readText(sources.host, `${sources.directory}/${name}`);
}

/** The text of a file beside `gen` (`gen_extra/calc.py`, `pkgpanda/constants.py`), or undefined. */
export function readBeside(sources: GeneratorSources, name: string): SourceFile | undefined {
  const parent = sources.directory.slice(0, sources.directory.lastIndexOf('/'));
  return readText(sources.host, `${parent}/${name}`);
}

/** Where the packages that the generator imports lie, beside `gen`: all versions, and the installer up to 1.8.0. */
const ROOTS = ['', 'ext/dcos-installer/'];
const PACKAGES_OF_ITS_OWN = /^(?:gen|gen_extra|pkgpanda|dcos_installer)(?:\.\w+)*$/;

/** The source of a module of the generator or of a package of its own beside it, by its dotted name. */
export function moduleSource(sources: GeneratorSources, name: string): SourceFile | undefined {
  if (!PACKAGES_OF_ITS_OWN.test(name)) return undefined;
  const [top, ...rest] = name.split('.');
  if (top === 'gen') {
    return firstOf(rest.length === 0 ? ['__init__.py'] : candidates(rest.join('/')), (path) =>
      readSource(sources, path),
    );
  }
  const paths = ROOTS.flatMap((root) => candidates(`${root}${name.replaceAll('.', '/')}`));
  return firstOf(paths, (path) => readBeside(sources, path));
}

function candidates(path: string): string[] {
  return [`${path}.py`, `${path}/__init__.py`];
}

function firstOf(paths: readonly string[], read: (path: string) => SourceFile | undefined) {
  for (const path of paths) {
    const source = read(path);
    if (source !== undefined) return source;
  }
  return undefined;
}

function readText(host: Host, file: string): SourceFile | undefined {
  const read = ifReadable(() => readOrFault(host, file));
  return read === undefined || 'fault' in read ? undefined : read;
}

/** What is wrong with a source file that is there; undefined for one that can be read, and for none. */
export function whyUnreadable({ host, directory }: GeneratorSources, name: string): SourceFault | undefined {
  const file = `${directory}/${name}`;
  try {
    if (host.lstat(file) === undefined) return undefined;
    const read = readOrFault(host, file);
    return 'fault' in read ? read.fault : undefined;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const message = error.message.replace(`${file}: `, '');
    return { place: { file, line: 1, column: 1 }, message: `it can't be read: ${message}` };
  }
}

/** A part of the sources that could not be followed. */
export interface SourceFault {
  readonly place: Place;
  readonly message: string;
  /** The line and a caret under the column. */
  readonly excerpt?: string;
}

function readOrFault(host: Host, file: string): SourceFile | { readonly fault: SourceFault } {
  const facts = host.stat(file);
  const known = facts === undefined ? undefined : sourceFiles.get(facts);
  if (known?.file === file) return known;
  const bytes = host.readFile(file, LARGEST_SOURCE);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (!isUtf8(bytes)) {
    const odd = text.indexOf('\uFFFD');
    return {
      fault: { place: placesIn(file, text)(odd), message: 'it is not UTF-8, which the generator reads' },
    };
  }
  const source = { file, text };
  if (facts !== undefined) sourceFiles.set(facts, source);
  return source;
}

/** A host that remembers its files gives the same facts again: a source that many files ask for is read once. */
const sourceFiles: WeakMap<FileFacts, SourceFile> = new WeakMap();
