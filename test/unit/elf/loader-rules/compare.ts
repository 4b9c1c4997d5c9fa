import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { symbolBindings } from '../../../../src/formats/elf/loader/symbol-bindings.ts';
import { showSearchRule } from '../../../../src/formats/elf/loader/loaded-object.ts';
import { missingSymbols } from '../../../../src/formats/elf/loader/missing-symbols.ts';
import type { Closure } from '../../../../src/formats/elf/loader/resolve-closure.ts';
import { RootedHost } from '../../../../src/host/rooted-host.ts';
import { closureOfFile } from '../../../../src/service/closure-of-file.ts';
import { type ElfFiles, elfFilesOf } from '../../../../src/service/elf-files.ts';
import { loaderSays, LOADER } from '../trace-loader.ts';
import type { Tree } from './tree.ts';

/** How a program of a tree is started. */
export interface Start {
  readonly program?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

/** What a rule comes down to, the same for the loader and for us. */
export interface Outcome {
  /** Asked name and path, in the order of loading. */
  readonly libraries: readonly (readonly [string, string])[];
  readonly missing: readonly string[];
  /** The loader gives up: the file it stops at. */
  readonly stopsAt: string | undefined;
  readonly undefinedSymbols: readonly string[];
  readonly missingVersions: readonly string[];
  /** `file: symbol [version] from file`. */
  readonly bindings: readonly string[];
}

/** Whether a program can be started in another root here: root, the linker, glibc's loader of x86-64. */
export const canCompare: boolean =
  process.getuid?.() === 0 && existsSync(LOADER) && ['as', 'ld', 'gcc'].every(isThere);
if (!canCompare) console.warn('SKIPPED: the rules of the loader need root, gcc and a glibc of x86-64');

/** The program started by the real loader and resolved by us come out the same; both are returned, with our rules. */
export function sameAsLoader(tree: Tree, start: Start = {}): Outcome & { readonly rules: readonly string[] } {
  const real = realOutcome(tree, start);
  const { outcome, rules } = ourOutcome(tree, start);
  expect(outcome).toEqual(real);
  return { ...real, rules };
}

/** The names of all libraries in the process of a set-user-ID program that another user started. */
export function sameAsPrivileged(tree: Tree, start: Start = {}): readonly string[] {
  chmodSync(tree.at(programOf(start)), 0o4755);
  return sameAsProcess(tree, start, true);
}

/** The names of all libraries in the process of a program that really runs, as its loader's own list has them. */
export function sameAsProcess(tree: Tree, start: Start = {}, secure = false): readonly string[] {
  const { stdout, stderr, status } = run(tree, start, secure ? 65_534 : 0, {});
  const real = stdout.split('\n').filter((line) => line.startsWith('/'));
  const { closure } = resolve(tree, start, secure);
  const stops = closure.missing.some(({ fatal }) => fatal);
  const names = stops ? [] : closure.objects.slice(1).map(({ path }) => path);
  expect({ names, stops }, stderr).toEqual({ names: real, stops: status !== 0 });
  return real;
}

/** Versions of which the library has none at all, and whether the loader stops for it. */
export function inconsistency(tree: Tree, start: Start = {}) {
  const { stderr } = run(tree, start, 0, { LD_BIND_NOW: '1' });
  const { closure, files } = resolve(tree, start, false);
  const symbolsOf = (object: (typeof closure.objects)[number]) => files.symbolsOf(object);
  const { versions } = missingSymbols(closure.objects, closure.objects, closure.byName, symbolsOf);
  return {
    missing: versions.map(({ version, unversioned }) => [version, unversioned]),
    loader: stderr.includes('Inconsistency detected by ld.so: dl-lookup.c'),
  };
}

function realOutcome(tree: Tree, start: Start): Outcome {
  const { stdout, stderr } = run(tree, start, 0, {
    LD_TRACE_LOADED_OBJECTS: '1',
    LD_BIND_NOW: '1',
    LD_WARN: '1',
    LD_DEBUG: 'bindings',
  });
  const lines = stderr.split('\n').map((line) => line.replace(/^\s*\d+:\s*/, ''));
  const said = loaderSays([...stdout.split('\n'), ...lines.filter((line) => line.startsWith('undefined'))]);
  const stopsAt = /error while loading shared libraries: ([^:]*):/.exec(`${stdout}\n${stderr}`)?.[1];
  const found = said.libraries.filter(([, path]) => path !== 'not found');
  return {
    libraries: stopsAt === undefined ? found.map(([name, path]) => [name, absolute(path, start)]) : [],
    missing: [...new Set(said.libraries.filter(([, path]) => path === 'not found').map(([name]) => name))],
    stopsAt: stopsAt === undefined ? undefined : basename(stopsAt),
    undefinedSymbols: said.undefinedSymbols.map((text) => text.replace(/\.?\/?([^ ]+)$/, '/$1')).sort(),
    missingVersions: `${stdout}\n${stderr}`
      .split('\n')
      .flatMap((line) => /(\/\S+: version `.*' not found \(required by .*\))/.exec(line)?.[1] ?? []),
    bindings: lines.flatMap((line) => bindingIn(line, start)).sort(),
  };
}

function bindingIn(line: string, start: Start): string[] {
  const parts = /^binding file (\S+) \[0\] to (\S+) \[0\]: \w+ symbol `(.*?)'(?: \[(.*)\])?/.exec(line);
  if (parts === null) return [];
  const [, from = '', to = '', name = '', version] = parts;
  if (from === LOADER || from.startsWith('linux-vdso')) return [];
  return [`${absolute(from, start)}: ${shown(name, version)} from ${absolute(to, start)}`];
}

function ourOutcome(
  tree: Tree,
  start: Start,
): { readonly outcome: Outcome; readonly rules: readonly string[] } {
  const { closure, files } = resolve(tree, start, false);
  const { objects, byName, missing } = closure;
  const stops = missing.find(({ fatal, tried }) => fatal && tried.at(-1)?.outcome === 'unusable');
  const symbolsOf = (object: (typeof objects)[number]) => files.symbolsOf(object);
  const { symbols, versions } = missingSymbols(objects, objects, byName, symbolsOf);
  const isComplete = stops === undefined;
  return {
    outcome: {
      libraries: isComplete ? objects.slice(1).map(({ name, path }) => [name, path]) : [],
      missing: isComplete ? missing.filter(({ fatal }) => fatal).map(({ name }) => name) : [],
      stopsAt: stops === undefined ? undefined : basename(stops.tried.at(-1)?.path ?? ''),
      undefinedSymbols: isComplete
        ? symbols
            .map(
              ({ name, version, neededBy }) =>
                `${name}${version === undefined ? '' : `, version ${version}`} of ${neededBy.path}`,
            )
            .sort()
        : [],
      missingVersions: isComplete
        ? versions.map(
            ({ version, library, neededBy }) =>
              `${library.path}: version \`${version}' not found (required by ${neededBy.path})`,
          )
        : [],
      bindings: isComplete
        ? symbolBindings(objects, objects, { symbolsOf, relocatedOf: (object) => files.relocatedOf(object) })
            .bindings.flatMap(({ object, need, provider }) =>
              provider === undefined || object.path === LOADER
                ? []
                : [`${object.path}: ${shown(need.name, need.version)} from ${provider.object.path}`],
            )
            .sort()
        : [],
    },
    rules: objects.slice(1).map(({ name, rule }) => `${name} by ${showSearchRule(rule)}`),
  };
}

function resolve(tree: Tree, start: Start, secure: boolean): { closure: Closure; files: ElfFiles } {
  const files = elfFilesOf(new RootedHost(tree.root, 'live'));
  const environment = new Map(Object.entries(start.environment ?? {}));
  const closure = closureOfFile(files, programOf(start), {
    environment,
    directory: start.directory ?? '/',
    secure,
  });
  if (closure === undefined || 'reason' in closure) throw new Error(`${programOf(start)} is no program`);
  return { closure, files };
}

let starter: string | undefined;

function run(tree: Tree, start: Start, user: number, more: Readonly<Record<string, string>>) {
  starter ??= compileStarter();
  const environment = Object.entries({ ...start.environment, ...more }).map(
    ([name, value]) => `${name}=${value}`,
  );
  const words = [tree.root, start.directory ?? '/', String(user), programOf(start), ...environment];
  return spawnSync(starter, words, { encoding: 'utf8', env: {} });
}

function compileStarter(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'cutover-start-')), 'start');
  execFileSync('gcc', ['-o', path, join(import.meta.dirname, 'start.c')]);
  return path;
}

function programOf({ program = '/bin/lamp' }: Start): string {
  return program;
}

function absolute(path: string, { directory = '/' }: Start): string {
  return path.startsWith('/') ? path : `${directory === '/' ? '' : directory}/${path}`;
}

function shown(name: string, version: string | undefined): string {
  return version === undefined ? name : `${name} [${version}]`;
}

function isThere(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}
