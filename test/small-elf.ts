import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether programs and libraries for a test can be made here; says so when they can not. */
export const hasCompiler: boolean = canRun('g++');
if (!hasCompiler) {
  console.warn('SKIPPED: g++ is not there, so no program or library is examined (apt-get install g++)');
}

/** A library that needs nothing but `inputs`, its SONAME its file name. */
export function library(path: string, source: string, ...inputs: readonly string[]): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  compile(['-shared', '-fPIC', '-nostdlib', `-Wl,-soname,${name}`, '-o', path], source, inputs);
}

/** A library with one C function `name`, which has the symbol version `version`. */
export function versionedLibrary(path: string, name: string, version: string): void {
  const script = `${path}.map`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(script, `${version} { ${name}; };\n`);
  library(path, `extern "C" int ${name}() { return 1; }`, `-Wl,--version-script=${script}`);
}

/** A program that begins at `_start` and needs nothing but `inputs`, found in ../lib or by the loader's rules. */
export function program(path: string, source: string, ...inputs: readonly string[]): void {
  const options = ['-nostdlib', '-nostartfiles', '-Wl,-rpath,$ORIGIN/../lib', '-Wl,--build-id', '-o', path];
  compile(options, source, inputs);
  chmodSync(path, 0o755);
}

function compile(options: readonly string[], source: string, inputs: readonly string[]): void {
  const output = options.at(-1);
  if (output !== undefined) mkdirSync(dirname(output), { recursive: true });
  const words = [...options, '-x', 'c++', '-', '-x', 'none', ...inputs];
  execFileSync('g++', ['-Wl,--allow-shlib-undefined', ...words], { input: source });
}

function canRun(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
