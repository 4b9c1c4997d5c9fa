// Options of programs: what Cutover reads in code is what getopt(3) looks for, and what it refuses is what getopt(1) refuses.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { GetoptOptions } from '../../../src/formats/command-line/getopt-options.ts';
import { refusedOptions } from '../../../src/formats/command-line/refused-options.ts';
import { readDynamicSymbols } from '../../../src/formats/elf/dynamic-symbols.ts';
import { type ReadGetopt, readGetopt } from '../../../src/formats/elf/getopt/read-getopt.ts';
import { parseElf } from '../../../src/formats/elf/parse-elf.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { hasCompiler } from '../../small-elf.ts';

const host = new RootedHost('/');
const directory = mkdtempSync(join(tmpdir(), 'cutover-getopt-'));
const canRead = hasCompiler && process.arch === 'x64';

function read(path: string): ReadGetopt | undefined {
  const file = host.open(path);
  try {
    const elf = parseElf(file);
    const symbols = elf.kind === 'elf' ? readDynamicSymbols(file, elf) : undefined;
    return elf.kind === 'elf' && symbols?.kind === 'symbols' ? readGetopt(file, elf, symbols) : undefined;
  } finally {
    file.close();
  }
}

function compiled(name: string, source: string, ...flags: readonly string[]): string {
  const path = join(directory, name);
  execFileSync('g++', ['-x', 'c', ...flags, '-o', path, '-'], { input: `#include <getopt.h>\n${source}` });
  return path;
}

const shown = (read: ReadGetopt | undefined): string => {
  if (read?.kind !== 'options') return read?.reason ?? 'not read';
  const { short, long } = read.options;
  const signs = { none: '', required: ':', optional: '::' };
  const letters = [...short].map(([letter, takes]) => `${letter}${signs[takes]}`).join('');
  return `${letters} ${long === undefined ? '?' : [...long].map(([name, takes]) => `${name}${signs[takes]}`).join(',')}`;
};

const SHORT =
  'int main(int c, char **v) { int o; while ((o = getopt(c, v, "vo:w::")) != -1) if (o == 63) return 2; return 0; }';
const LONG =
  'static const struct option L[] = {{"oil", 1, 0, 1}, {"wick", 2, 0, 2}, {"lit", 0, 0, 3}, {0, 0, 0, 0}};' +
  'int main(int c, char **v) { int o; while ((o = getopt_long(c, v, "+vo:", L, 0)) != -1) if (o == 63) return 2; return 0; }';

test
  .runIf(canRead)
  .each(['-O0', '-O2', '-Os', '-O2 -no-pie', '-O2 -fno-plt', '-O2 -fcf-protection=none', '-O2 -Wl,-z,now'])(
  'programs of a compiler with %s',
  (flags) => {
    const words = flags.split(' ');
    const name = flags.replaceAll(/\W/g, '');
    expect(shown(read(compiled(`short${name}`, SHORT, ...words)))).toBe('vo:w:: ');
    expect(shown(read(compiled(`long${name}`, LONG, ...words)))).toBe('vo: oil:,wick::,lit');
  },
);

const ARGP =
  'static const struct argp_option O[] = {{"oil", 111, "KIND", 0, "which", 0}, {"fuel", 0, 0, OPTION_ALIAS, 0, 0},' +
  '{"wick", 300, "WIDTH", OPTION_ARG_OPTIONAL, "how wide", 0}, {0, 0, 0, 0, "Light:", 1}, {"lit", 108, 0, 0, 0, 0}, {0}};' +
  'static const struct argp_option C[] = {{"blue", 98, 0, 0, 0, 0}, {0}}; static const struct argp CHILD = {C};' +
  'static const struct argp_child CHILDREN[] = {{&CHILD}, {0}};' +
  'static const struct argp A = {O, 0, 0, "a lamp", CHILDREN};' +
  'int main(int c, char **v) { return argp_parse(&A, c, v, 0, 0, 0); }';

test.runIf(canRead).each(['-O0', '-O2', '-O2 -no-pie'])('programs that use argp, with %s', (flags) => {
  const path = compiled(
    `argp${flags.replaceAll(/\W/g, '')}`,
    `#include <argp.h>\n${ARGP}`,
    ...flags.split(' '),
  );
  expect(shown(read(path))).toBe('?Vo:lb help,usage,version,oil:,fuel:,wick::,lit,blue');
});

test.runIf(canRead)(
  'what is put together at run time is not known, nor is what is looked for otherwise',
  () => {
    const made = 'int main(int c, char **v) { return getopt(c, v, v[1]); }';
    expect(shown(read(compiled('made', made, '-O2')))).toBe(
      'what its code passes to getopt(3) could not be read',
    );
    const none = 'int main(int c, char **v) { return c; }';
    expect(shown(read(compiled('none', none, '-O2')))).toBe('it does not call getopt(3) of the C library');
  },
);

test.runIf(canRead)('most programs of this machine that call getopt(3) can be read', () => {
  const paths = new Set(readdirSync('/usr/bin').map((name) => realOf(`/usr/bin/${name}`)));
  const results = [...paths].flatMap((path) => {
    const facts = path === undefined ? undefined : host.stat(path);
    return path === undefined || facts?.type !== 'file' || facts.size > 2_000_000 ? [] : [read(path)];
  });
  const calling = results.filter((one) => one !== undefined && !shown(one).startsWith('it does not call'));
  const known = calling.filter((one) => one?.kind === 'options');
  process.stderr.write(
    `${known.length} of ${calling.length} programs of /usr/bin that call getopt(3) are read\n`,
  );
  expect(known.length).toBeGreaterThanOrEqual(calling.length * 0.85);
});

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

const hasGetopt = spawnSync('/usr/bin/getopt', ['--version']).status === 0;

test.runIf(hasGetopt)('what is refused is what getopt(1) refuses', () => {
  const takes = fc.constantFrom('none' as const, 'required' as const, 'optional' as const);
  const signs = { none: '', required: ':', optional: '::' };
  const options = fc.record({
    short: fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), takes), { maxLength: 4 })
      .map((all) => new Map(all)),
    long: fc
      .array(fc.tuple(fc.constantFrom('ab', 'abc', 'bcd', 'dab'), takes), { minLength: 1, maxLength: 4 })
      .map((all) => new Map(all)),
    longWithOneDash: fc.constant(false),
    stopsAtFirstArgument: fc.boolean(),
  });
  const words = fc.array(
    fc.oneof(
      fc.constantFrom('-', '--', 'x', '--ab=x', '--a', '--bcd', '--da=', '--zzz'),
      fc
        .string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 1, maxLength: 3 })
        .map((text) => `-${text}`),
      fc
        .string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 3 })
        .map((text) => `--${text}`),
    ),
    { maxLength: 5 },
  );
  const isTaken = (given: GetoptOptions, line: readonly string[]): boolean => {
    const letters = [...given.short].map(([letter, kind]) => `${letter}${signs[kind]}`).join('');
    const names = [...(given.long ?? [])].map(([name, kind]) => `${name}${signs[kind]}`).join(',');
    const stops = given.stopsAtFirstArgument ? '+' : '';
    return (
      spawnSync('/usr/bin/getopt', ['-Q', '-o', `${stops}${letters}`, '-l', names, '--', ...line]).status ===
      0
    );
  };
  fc.assert(
    fc.property(options, words, (given, line) => {
      expect(refusedOptions(line, given).length === 0).toBe(isTaken(given, line));
    }),
    { numRuns: 100 },
  );
});
