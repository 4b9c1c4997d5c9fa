import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readDynamicSymbols } from '../../../src/formats/elf/dynamic-symbols.ts';
import { parseElf } from '../../../src/formats/elf/parse-elf.ts';
import { sectionSizes } from '../../../src/formats/elf/section-sizes.ts';
import { hasCompiler } from '../../small-elf.ts';
import { withFile } from './file-source.ts';

/** Node itself: tens of megabytes, tens of thousands of symbols, libstdc++ and versions of glibc. */
const NODE = process.execPath;
/** Comes with the compiler. */
const READELF = 'readelf';

test('what a program needs is known after a few kilobytes of it', () => {
  withFile(NODE, (source) => {
    const elf = parseElf(source);
    if (elf.kind !== 'elf') throw new Error(elf.kind);
    expect(elf.dynamic?.needed).toContain('libc.so.6');
    expect(source.bytesRead).toBeLessThan(32_768);
  });
});

test.skipIf(!hasCompiler)('the same as readelf says, symbol by symbol', () => {
  const listing = execFileSync(READELF, ['-dlW', '--dyn-syms', NODE], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  withFile(NODE, (source) => {
    const elf = parseElf(source);
    if (elf.kind !== 'elf') throw new Error(elf.kind);
    expect(elf.interpreter).toBe(/program interpreter: (.*)\]/.exec(listing)?.[1]);
    expect(elf.dynamic?.needed).toEqual(
      [...listing.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name),
    );
    const symbols = readDynamicSymbols(source, elf);
    if (symbols.kind !== 'symbols') throw new Error(symbols.reason);
    const ours = symbols.needed.map(({ name, version }) =>
      version === undefined ? name : `${name}@${version}`,
    );
    const lines = [...listing.matchAll(/^ +\d+: \w+ +\d+ \w+ +\w+ +\w+ +UND (\S+)/gm)];
    expect(ours).toEqual(lines.map(([, name]) => name));
    expect(symbols.defined.length).toBe((listing.match(/^ +[1-9]\d*: /gm)?.length ?? 0) - lines.length);
  });
});

test.skipIf(!hasCompiler)('the same sections as readelf shows, with their sizes', () => {
  const listing = execFileSync(READELF, ['-SW', NODE], { encoding: 'utf8' });
  const lines = listing.matchAll(/^ +\[ *\d+\] (\S+) +(?!NOBITS)\S+ +[0-9a-f]+ [0-9a-f]+ ([0-9a-f]+) /gm);
  const shown = [...lines].map(([, name, size]) => [name, Number.parseInt(size ?? '', 16)]);
  withFile(NODE, (source) => {
    const sizes = sectionSizes(source);
    if ('reason' in sizes) throw new Error(sizes.reason);
    expect(shown.length).toBeGreaterThan(20);
    expect([...sizes].filter(([name]) => name !== '')).toEqual(shown);
  });
});
