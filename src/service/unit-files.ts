import { basename, dirname } from 'node:path/posix';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import { KeptPerHost } from '../host/kept-per-host.ts';
import { instanceLike, mayBeAlias, parseUnitName, templateOf } from './unit-name.ts';
import { UNIT_SEARCH_PATH } from './unit-search-path.ts';

/** systemd follows no longer chain of aliases. */
const MAX_ALIASES = 8;

/** What a name in the search path stands for: a unit file, or another name. */
type Meaning = { readonly path: string } | { readonly alias: string };

/** Of the search path, with its entries of the type. */
interface Directory {
  readonly path: string;
  readonly names: ReadonlySet<string>;
}

/** The unit files of a type; of a host that remembers the same ones for each unit that is loaded. */
export function unitFilesOf(host: Host, suffix: string): UnitFiles {
  const byType = filesOfHosts.of(host, () => new Map());
  const files = byType.get(suffix) ?? new UnitFiles(host, suffix);
  byType.set(suffix, files);
  return files;
}

const filesOfHosts = new KeptPerHost<Map<string, UnitFiles>>();

/**
 * The unit files of one type, by name. Of two entries of one name that of the earlier directory counts. A link to a
 * name within the search path is an alias: the unit file is looked for by that name then, wherever it is. A link out
 * of it brings a file of its own; directories and the like are passed over. Source: unit_file_build_name_map() in src/basic/unit-file.c of systemd 252.
 */
class UnitFiles {
  readonly #host: Host;
  readonly #suffix: string;
  readonly #meanings = new Map<string, Meaning | undefined>();
  #directories: readonly Directory[] | undefined;
  #names: readonly string[] | undefined;

  constructor(host: Host, suffix: string) {
    this.#host = host;
    this.#suffix = suffix;
  }

  /** The file of a unit, that of its template where it has none of its own. */
  fileOf(name: string): string | undefined {
    const template = templateOf(name);
    return this.#pathOf(name) ?? (template === undefined ? undefined : this.#pathOf(template));
  }

  /**
   * The names of a unit whose file is `path`, systemd's `Id` first. A link from an instance to a template is an alias of
   * that one instance. Source: unit_file_build_name_map() and add_names() in src/basic/unit-file.c of systemd 252.
   */
  namesOf(name: string, path: string): readonly string[] {
    const file = basename(path);
    const names = new Set([instanceLike(file, name), name]);
    const keys = new Set([file, name]);
    for (const entry of this.#entries()) {
      const found = this.#pathOf(entry);
      if (found === undefined || !keys.has(instanceLike(basename(found), entry))) continue;
      const alias = instanceLike(entry, name);
      if (parseUnitName(alias).instance !== '' && !this.#hasFileBeside(alias, file)) names.add(alias);
      if (names.size >= MAX_NAMES) break;
    }
    return [...names];
  }

  #hasFileBeside(name: string, file: string): boolean {
    const own = this.#pathOf(name);
    return own !== undefined && basename(own) !== file;
  }

  #entries(): readonly string[] {
    this.#names ??= [...new Set(this.#listed().flatMap(({ names }) => [...names]))];
    return this.#names;
  }

  #listed(): readonly Directory[] {
    this.#directories ??= UNIT_SEARCH_PATH.map((path) => {
      const entries = this.#host.list(path) ?? [];
      return { path, names: new Set(entries.filter((entry) => entry.endsWith(this.#suffix))) };
    });
    return this.#directories;
  }

  #pathOf(name: string): string | undefined {
    let at = name;
    for (let count = 0; count <= MAX_ALIASES; count += 1) {
      const meaning = this.#meaningOf(at);
      if (meaning === undefined || 'path' in meaning) return meaning?.path;
      at = meaning.alias;
    }
    return undefined;
  }

  #meaningOf(name: string): Meaning | undefined {
    if (!this.#meanings.has(name)) this.#meanings.set(name, this.#lookFor(name));
    return this.#meanings.get(name);
  }

  #lookFor(name: string): Meaning | undefined {
    for (const directory of this.#listed()) {
      if (!directory.names.has(name)) continue;
      const path = `${directory.path}/${name}`;
      const type = this.#host.lstat(path)?.type;
      if (type === 'file') return { path };
      if (type !== 'link') continue;
      const target = this.#target(path);
      if (target === undefined || !isSearched(this.#host, dirname(target))) return { path };
      const alias = target.slice(target.lastIndexOf('/') + 1);
      if (mayBeAlias(name, alias)) return alias === name ? { path } : { alias };
    }
    return undefined;
  }

  /** Where a link leads in one step, the directories on the way followed. */
  #target(link: string): string | undefined {
    const text = this.#host.readLink(link);
    const path = text.startsWith('/') ? text : `${dirname(link)}/${text}`;
    const directory = ifReadable(() => this.#host.realPath(dirname(path)));
    return directory === undefined ? undefined : `${directory}/${path.slice(path.lastIndexOf('/') + 1)}`;
  }
}

const MAX_NAMES = 100;

function isSearched(host: Host, directory: string): boolean {
  return UNIT_SEARCH_PATH.some((candidate) => host.realPath(candidate) === directory);
}
