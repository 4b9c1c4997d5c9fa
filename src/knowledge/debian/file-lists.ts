import { basename } from 'node:path/posix';
import type { Host } from '../../host/host.ts';
import { KeptPerHost } from '../../host/kept-per-host.ts';

/** The paths that a package brought, one a line: each byte is a character, for names of files need not be UTF-8. */
interface FileList {
  /** `NAME` or `NAME:ARCHITECTURE`. */
  readonly name: string;
  /** Read when it is first asked for. */
  readonly content: () => string;
}

const INFO = '/var/lib/dpkg/info';
const SIZE_LIMIT = 32 * 1024 * 1024;

/** As many searches cost about as much as an index of all paths. */
const SEARCHES_BEFORE_INDEX = 8;

/** The file lists of a host, each read once: a graph asks for the owner of every library. Source: dpkg(1). */
export class FileLists {
  readonly #lists: readonly FileList[];
  #searches = 0;
  /** The list of each path; of two lists the first. */
  #index: ReadonlyMap<string, FileList> | undefined;

  constructor(host: Host) {
    const entries = (host.list(INFO) ?? []).filter((entry) => entry.endsWith('.list'));
    this.#lists = entries.map((entry) => listOf(host, entry));
  }

  static of(host: Host): FileLists {
    return ofHosts.of(host, () => new FileLists(host));
  }

  /** The package that brought the file, whose path may be spelt in several ways: `NAME` or `NAME:ARCHITECTURE`. */
  ownerOf(spellings: readonly string[]): string | undefined {
    const lines = spellings.map(bytesOf);
    this.#searches += 1;
    if (this.#index === undefined && this.#searches <= SEARCHES_BEFORE_INDEX) {
      return this.#likelyFirst(spellings).find(({ content }) => hasLine(content(), lines))?.name;
    }
    this.#index ??= indexOf(this.#lists);
    const found = new Set(lines.map((line) => this.#index?.get(line)));
    return this.#lists.find((list) => found.has(list))?.name;
  }

  /** All packages that brought such a file: with a diversion they are two. */
  ownersOf(spellings: readonly string[]): readonly string[] {
    const lines = spellings.map(bytesOf);
    return this.#lists.filter(({ content }) => hasLine(content(), lines)).map(({ name }) => name);
  }

  /** A file is in one package's list, and mostly in one that is called like it: the others are then not read. */
  #likelyFirst(spellings: readonly string[]): FileList[] {
    const words = spellings.flatMap((path) => basename(path).split(/[^a-z0-9]+/)).filter(isTelling);
    const likely = new Set(this.#lists.filter(({ name }) => words.some((word) => name.includes(word))));
    return [...likely, ...this.#lists.filter((list) => !likely.has(list))];
  }
}

const ofHosts = new KeptPerHost<FileLists>();

function listOf(host: Host, entry: string): FileList {
  let content: string | undefined;
  return {
    name: entry.slice(0, -'.list'.length),
    content: () => {
      content ??= latin1(host.readFile(`${INFO}/${entry}`, SIZE_LIMIT));
      return content;
    },
  };
}

function isTelling(word: string): boolean {
  return word.length >= 3 && word !== 'service' && word !== 'conf';
}

function indexOf(lists: readonly FileList[]): ReadonlyMap<string, FileList> {
  const index = new Map<string, FileList>();
  for (const list of lists) {
    for (const line of list.content().split('\n')) if (!index.has(line)) index.set(line, list);
  }
  return index;
}

function hasLine(content: string, lines: readonly string[]): boolean {
  return lines.some(
    (line) =>
      content.startsWith(`${line}\n`) || content.includes(`\n${line}\n`) || content.endsWith(`\n${line}`),
  );
}

/** Ten times as fast as decoding UTF-8. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function bytesOf(path: string): string {
  return Buffer.from(path).toString('latin1');
}
