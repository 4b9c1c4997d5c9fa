import type { ByteSource } from '../../../formats/elf/byte-source.ts';
import { readDynamicSymbols } from '../../../formats/elf/dynamic-symbols.ts';
import type { Elf } from '../../../formats/elf/parse-elf.ts';
import {
  runStartUpCode,
  type Started,
  type StartedObject,
} from '../../../formats/elf/start-up-code/run-start-up-code.ts';

/** In bytes, on 64-bit machines: eight words. */
const RECORD_SIZE = 64;

/** What a library tells a Mesos agent of a module; a text is null when the library leaves it out. */
export interface ModuleRecord {
  readonly kind: 'record';
  /** Whether the linker or the library's start-up code fills the record. */
  readonly how: 'relocations' | 'start-up code';
  readonly apiVersion: string;
  readonly mesosVersion: string;
  readonly moduleKind: string;
  readonly authorName: string | null;
  readonly authorEmail: string | null;
  readonly description: string | null;
}

export type ModuleRecordResult =
  | ModuleRecord
  /** The library has no symbol of that name, so that the agent does not find the module. */
  | { readonly kind: 'not-provided' }
  | { readonly kind: 'unknown'; readonly reason: string };

const LONGEST_TEXT = 4096;

/**
 * Reads the record of the module `symbolName` (`struct ModuleBase`, include/mesos/module.hpp:52-91, one layout from
 * Mesos 0.23.0 on) without loading the library. Whatever is not certain is `unknown`.
 */
export function readModuleRecord(source: ByteSource, elf: Elf, symbolName: string): ModuleRecordResult {
  const symbols = readDynamicSymbols(source, elf);
  if (symbols.kind === 'malformed') return { kind: 'unknown', reason: symbols.reason };
  const symbol = symbols.defined.find(({ name, bind }) => name === symbolName && bind !== 'local');
  if (symbol === undefined) return { kind: 'not-provided' };
  if (symbol.type !== 'object' || symbol.size !== RECORD_SIZE) {
    return { kind: 'unknown', reason: `the symbol has ${symbol.size} bytes, a module record ${RECORD_SIZE}` };
  }
  const range = { start: symbol.value, end: symbol.value + RECORD_SIZE };
  const started = runStartUpCode(source, elf, symbols, [range]);
  if (started.kind !== 'started') return { kind: 'unknown', reason: started.reason };
  const [object] = started.objects;
  return object === undefined ? { kind: 'not-provided' } : recordOf(object, started);
}

function recordOf(object: StartedObject, started: Started): ModuleRecordResult {
  if (object.doubt !== undefined) return { kind: 'unknown', reason: object.doubt };
  const texts = object.words.slice(0, FIELDS.length).map((word) => textOf(word, started));
  const at = texts.indexOf(undefined);
  if (at !== -1) return { kind: 'unknown', reason: `its ${FIELDS[at]} is not a text that could be read` };
  const [apiVersion, mesosVersion, moduleKind, authorName = null, authorEmail = null, description = null] =
    texts;
  if (!apiVersion || !mesosVersion || !moduleKind) {
    return { kind: 'unknown', reason: 'it has no API version, Mesos version or kind' };
  }
  const how = object.isWritten ? 'start-up code' : 'relocations';
  return { kind: 'record', how, apiVersion, mesosVersion, moduleKind, authorName, authorEmail, description };
}

/** The text that a word points to, null for a null pointer. Control characters: it is not a record. */
function textOf(word: bigint | undefined, started: Started): string | null | undefined {
  if (word === 0n) return null;
  const text = word === undefined ? undefined : started.constantText(word, LONGEST_TEXT);
  return text === undefined || /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text) ? undefined : text;
}

const FIELDS = ['API version', 'Mesos version', 'kind', 'author', 'e-mail address', 'description'] as const;
