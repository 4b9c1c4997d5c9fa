import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { fromBytes } from '../../../../src/formats/elf/byte-source.ts';
import { parseElf } from '../../../../src/formats/elf/parse-elf.ts';
import { LOADER } from '../trace-loader.ts';

/** What goes into one small ELF file; built with the assembler and the linker alone. */
export interface Part {
  /** Functions; `name@VERSION` is an older version of one, `name@@VERSION` the default. */
  readonly defines?: readonly string[];
  readonly needs?: readonly string[];
  readonly weakNeeds?: readonly string[];
  readonly weakDefines?: readonly string[];
  /** Paths in the tree of what it is linked with, in order. */
  readonly links?: readonly string[];
  /** Options of ld(1). */
  readonly options?: readonly string[];
  /** Its SONAME; that of a library is its file name when this is not given, none with an empty text. */
  readonly soname?: string;
  /** Text of a version script. */
  readonly versions?: string;
}

/** A root directory with nothing in it but the machine's loader; gone when the test ends. */
export class Tree {
  readonly root: string = mkdtempSync(join(tmpdir(), 'cutover-loader-rule-'));

  constructor() {
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }));
    for (const folder of ['bin', 'etc', 'lib', 'usr/lib', 'usr/bin', 'proc']) this.folder(`/${folder}`);
    this.copy(LOADER, LOADER);
    chmodSync(this.at(LOADER), 0o755);
    chmodSync(this.root, 0o755);
    // The same facts of the processor for us as for the loader, which asks it itself.
    this.text('/proc/cpuinfo', readFileSync('/proc/cpuinfo', 'utf8'));
  }

  at(path: string): string {
    return join(this.root, path);
  }

  folder(path: string): void {
    mkdirSync(this.at(path), { recursive: true });
  }

  text(path: string, content: string | Uint8Array): void {
    this.folder(dirname(path));
    writeFileSync(this.at(path), content);
  }

  link(path: string, target: string): void {
    this.folder(dirname(path));
    symlinkSync(target, this.at(path));
  }

  copy(from: string, path: string): void {
    this.folder(dirname(path));
    copyFileSync(from, this.at(path));
  }

  /** Another copy of a file of the tree. */
  again(from: string, path: string): void {
    this.copy(this.at(from), path);
  }

  hardLink(from: string, path: string): void {
    linkSync(this.at(from), this.at(path));
  }

  remove(path: string): void {
    rmSync(this.at(path));
  }

  mode(path: string, mode: number): void {
    chmodSync(this.at(path), mode);
  }

  /** As ld -Bsymbolic marks it, the own symbols still to be looked up: the linker leaves room in the dynamic section. */
  makeSymbolic(path: string): void {
    const bytes = readFileSync(this.at(path));
    const elf = parseElf(fromBytes(bytes));
    const segment = elf.kind === 'elf' ? elf.segments.find(({ type }) => type === 'dynamic') : undefined;
    if (segment === undefined) throw new Error(`${path} has no dynamic section`);
    let at = segment.offset;
    while (bytes.readBigUInt64LE(at) !== 0n) at += 16;
    this.patch(path, { [at]: DT_SYMBOLIC });
  }

  /** Changes bytes of a file. */
  patch(path: string, changes: Readonly<Record<number, number>>): void {
    const bytes = readFileSync(this.at(path));
    for (const [at, value] of Object.entries(changes)) bytes[Number(at)] = value;
    writeFileSync(this.at(path), bytes);
  }

  library(path: string, part: Part = {}): void {
    const { soname = path.slice(path.lastIndexOf('/') + 1) } = part;
    this.#build(path, part, ['-shared', ...(soname === '' ? [] : ['-soname', soname])], '');
  }

  program(path: string, part: Part = {}): void {
    const interpreter = ['-pie', '--no-dynamic-linker', '-dynamic-linker', LOADER];
    this.#build(
      path,
      part,
      interpreter.filter((word) => word !== '--no-dynamic-linker'),
      PROGRAM,
    );
    chmodSync(this.at(path), 0o755);
  }

  /** Writes /etc/ld.so.cache from /etc/ld.so.conf as ldconfig(8) does. */
  cache(): void {
    execFileSync('/sbin/ldconfig', ['-r', this.root, '-X'], { stdio: 'pipe' });
  }

  #build(path: string, part: Part, options: readonly string[], start: string): void {
    this.folder(dirname(path));
    const output = this.at(path);
    const object = `${output}.o`;
    execFileSync('as', ['-o', object, '-'], { input: start + assembly(part) });
    const script = part.versions === undefined ? [] : ['--version-script', `${output}.map`];
    if (part.versions !== undefined) writeFileSync(`${output}.map`, part.versions);
    const inputs = (part.links ?? []).map((library) => this.at(library));
    const words = ['--hash-style=gnu', '-z', 'noseparate-code', '--allow-shlib-undefined', '--no-as-needed'];
    execFileSync(
      'ld',
      [...options, ...words, ...script, ...(part.options ?? []), '-o', output, object, ...inputs],
      {
        stdio: 'pipe',
      },
    );
    rmSync(object);
    rmSync(`${output}.map`, { force: true });
  }
}

const DT_SYMBOLIC = 16;
const PROGRAM = readFileSync(join(import.meta.dirname, 'loaded.s'), 'utf8');

function assembly({ defines = [], needs = [], weakNeeds = [], weakDefines = [] }: Part): string {
  const functions = [...defines, ...weakDefines].map((name, index) => {
    const [plain = name] = name.split('@');
    const isWeak = weakDefines.includes(name);
    const label = plain === name ? plain : `version_${index}_of_${plain}`;
    const binding = isWeak ? '.weak' : '.globl';
    const version = plain === name ? '' : `.symver ${label}, ${name}\n`;
    return `${binding} ${label}\n.type ${label}, @function\n${label}: ret\n.size ${label}, 1\n${version}`;
  });
  const calls = needs.map((name) => `.globl ${name}\n.quad ${name}\n`);
  const weakCalls = weakNeeds.map((name) => `.weak ${name}\n.quad ${name}\n`);
  const stack = '.section .note.GNU-stack,"",@progbits\n';
  return `.text\n${functions.join('')}.data\n.quad 0\n${[...calls, ...weakCalls].join('')}${stack}`;
}
