import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fromBytes } from '../../src/formats/elf/byte-source.ts';
import { TAG } from '../../src/formats/elf/dynamic-section.ts';
import { MappedFile } from '../../src/formats/elf/mapped-file.ts';
import { type Elf, parseElf } from '../../src/formats/elf/parse-elf.ts';
import type { Sound } from './mutate.ts';

const FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/bin', '/usr/sbin', '/lib64'];
const LARGEST = 64 * 1024;
const MOST_FILES = 60;

/** Small programs and libraries of this machine, always the same ones. */
export function soundFiles(): readonly Sound[] {
  const paths = FOLDERS.flatMap((folder) => namesIn(folder).map((name) => `${folder}/${name}`));
  const small = paths.filter((path) => isSmallFile(path));
  const step = Math.max(1, Math.floor(small.length / MOST_FILES));
  return small.filter((_, index) => index % step === 0).flatMap((path) => soundFile(path) ?? []);
}

function soundFile(path: string): Sound | undefined {
  const bytes = readFileSync(path);
  const elf = parseElf(fromBytes(bytes));
  return elf.kind === 'elf' && elf.dynamic !== undefined
    ? { path, bytes, tender: tenderOf(bytes, elf) }
    : undefined;
}

/** Headers, the dynamic section, notes, and the tables that it points at. */
function tenderOf(bytes: Buffer, elf: Elf): Sound['tender'] {
  const file = new MappedFile(fromBytes(bytes), elf);
  const headers = { offset: 0, length: 64 + elf.programHeaders.count * 56 };
  const segments = elf.segments
    .filter(({ type }) => type === 'dynamic' || type === 'note' || type === 'interpreter')
    .map(({ offset, fileSize }) => ({ offset, length: fileSize }));
  const tables = Object.values(TAG).flatMap((tag) => {
    const place = file.locate(elf.dynamic?.tags.get(tag) ?? -1);
    return place === undefined ? [] : [{ offset: place.offset, length: Math.min(512, place.available) }];
  });
  return [headers, ...segments, ...tables];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function isSmallFile(path: string): boolean {
  const facts = statSync(path, { throwIfNoEntry: false });
  return facts !== undefined && facts.isFile() && facts.size <= LARGEST;
}
