import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LoadedObject } from '../../../src/formats/elf/loader/loaded-object.ts';
import { missingSymbols } from '../../../src/formats/elf/loader/missing-symbols.ts';
import type { Closure } from '../../../src/formats/elf/loader/resolve-closure.ts';
import { rememberingHost } from '../../../src/host/remembering-host.ts';
import { liveHost } from '../../../src/host/rooted-host.ts';
import { closureOfFile } from '../../../src/service/closure-of-file.ts';
import { type ElfFiles, elfFilesOf } from '../../../src/service/elf-files.ts';
import { LOADER, type LoaderSays, traceAll } from './trace-loader.ts';

const FOLDERS = ['/usr/bin', '/usr/sbin', '/usr/lib/x86_64-linux-gnu'];
const FEWEST = 600;
const isDebian = existsSync('/etc/debian_version') && existsSync(LOADER);
const files = isDebian ? FOLDERS.flatMap((folder) => loadableFiles(folder)) : [];

describe.skipIf(!isDebian)(`all ${files.length} programs and libraries in ${FOLDERS.join(', ')}`, () => {
  test('the loader takes the same files in the same order, and misses the same libraries and symbols', async () => {
    expect(files.length).toBeGreaterThanOrEqual(FEWEST);
    const loader = await traceAll(files);
    const ours = elfFilesOf(rememberingHost(liveHost()));
    const differences = files.flatMap((file): object[] => {
      const said = loader.get(file);
      const found = closureOfFile(ours, file);
      if (said === undefined || found === undefined || 'reason' in found) return [{ file, said, found }];
      const [expected, actual] = [loaderView(said), ourView(found, ours)];
      return JSON.stringify(expected) === JSON.stringify(actual) ? [] : [{ file, expected, actual }];
    });
    expect(differences).toEqual([]);
    console.log(`${files.length} files: every library and missing symbol as the loader says`);
  }, 240_000);
});

interface View {
  readonly libraries: readonly (readonly [string, string])[];
  readonly missing: readonly string[];
  readonly symbols: readonly string[];
}

function loaderView({ libraries, undefinedSymbols, other }: LoaderSays): View {
  const unexplained = other.filter((line) => line !== 'statically linked');
  const missing = libraries.flatMap(([name, path]) => (path === 'not found' ? [name] : []));
  return {
    libraries: libraries.filter(([, path]) => path !== 'not found'),
    missing: [...new Set([...missing, ...unexplained])],
    symbols: [...new Set(undefinedSymbols)].sort(),
  };
}

function ourView(closure: Closure, ours: ElfFiles): View {
  const { objects, byName, missing } = closure;
  const symbolsOf = (object: LoadedObject) => ours.symbolsOf(object);
  const { symbols, versions } = missingSymbols(objects, objects, byName, symbolsOf);
  const shown = symbols.map(
    ({ name, version, neededBy }) =>
      `${name}${version === undefined ? '' : `, version ${version}`} of ${neededBy.path}`,
  );
  return {
    libraries: objects.slice(1).map(({ name, path }) => [name, path]),
    missing: [
      ...missing.map(({ name }) => name),
      ...versions.map(
        ({ version, library, neededBy }) =>
          `${library.path}: version \`${version}' not found (required by ${neededBy.path})`,
      ),
    ],
    symbols: [...new Set(shown)].sort(),
  };
}

/** Programs and libraries: ELF files of the types that a loader maps. */
function loadableFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return loadableFiles(path);
    return entry.isFile() && isLoadable(path) ? [path] : [];
  });
}

function isLoadable(path: string): boolean {
  const head = Buffer.alloc(18);
  const descriptor = openSync(path, 'r');
  readSync(descriptor, head);
  closeSync(descriptor);
  const type = head.readUInt16LE(16);
  return head.toString('latin1', 0, 4) === '\x7fELF' && (type === 2 || type === 3);
}
