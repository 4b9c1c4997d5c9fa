import { fromBytes } from '../../src/formats/elf/byte-source.ts';
import { readDynamicSymbols } from '../../src/formats/elf/dynamic-symbols.ts';
import { missingSymbols } from '../../src/formats/elf/loader/missing-symbols.ts';
import { loaderPlatform } from '../../src/formats/elf/loader/loader-platform.ts';
import { resolveClosure } from '../../src/formats/elf/loader/resolve-closure.ts';
import { parseElf } from '../../src/formats/elf/parse-elf.ts';
import { relocatedSymbols } from '../../src/formats/elf/relocations.ts';
import { readModuleRecord } from '../../src/knowledge/mesos/module-record/read-module-record.ts';

/** All that is ever read of an ELF file, of one that may be damaged: what came of it, each fault with its reason. */
export function readEverything(bytes: Uint8Array, withStartUpCode: boolean): string {
  const source = fromBytes(bytes);
  const elf = parseElf(source);
  if (elf.kind === 'malformed') return clear(elf.reason);
  if (elf.kind === 'not-elf') return 'not-elf';
  const symbols = readDynamicSymbols(source, elf);
  if (symbols.kind === 'malformed') clear(symbols.reason);
  const relocated = relocatedSymbols(source, elf);
  if ('reason' in relocated) clear(relocated.reason);
  const settings = {
    platform: loaderPlatform(elf, 'multiarch'),
    workingDirectory: '/',
    libraryPath: '/a:/b',
  };
  const found = { realPath: '/x', elf };
  const { objects, byName } = resolveClosure({ path: '/x', realPath: '/x', elf }, () => found, settings);
  missingSymbols(objects, objects, byName, () => symbols);
  if (withStartUpCode) readModuleRecord(source, elf, 'org_lamp_GlowIsolator');
  return 'elf';
}

function clear(reason: string): 'malformed' {
  if (reason === '') throw new Error('a finding without a reason');
  return 'malformed';
}
