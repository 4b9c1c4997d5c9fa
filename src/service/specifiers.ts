import { Buffer } from 'node:buffer';
import { TextCursor } from '../formats/command-line/text-cursor.ts';
import { readEnvironmentFile } from '../formats/environment-file/parse-environment-file.ts';
import type { Host } from '../host/host.ts';
import { TracedText } from '../text/traced-text.ts';
import { firstLineOf } from './first-line-of.ts';
import { liveSpecifier } from './live-specifier.ts';
import { rootShell } from './passwd-entry.ts';
import { unitFilesOf } from './unit-files.ts';

/** A text with its specifiers put in. */
export interface Expanded {
  readonly text: TracedText;
  /** Specifiers that only the running system knows: left as written, their origin unknown. */
  readonly unresolved: readonly string[];
  /** Letters that are no specifier: systemd ignores the text that has one. */
  readonly unknown: readonly string[];
}

/**
 * Puts in the `%` specifiers of a system unit. What depends on the running system alone (`%b`,
 * `%v`) is known of a live host only. Source: systemd.unit(5), SPECIFIERS; src/shared/specifier.c of systemd 252.
 */
export function expandSpecifiers(host: Host, unitName: string, text: TracedText): Expanded {
  const plain = text.toString();
  if (!plain.includes('%')) return { text, unresolved: [], unknown: [] };
  const unresolved: string[] = [];
  const unknown: string[] = [];
  const parts: TracedText[] = [];
  const cursor = new TextCursor(text);
  let from = 0;
  for (const match of plain.matchAll(/%([A-Za-z0-9%])/g)) {
    parts.push(cursor.take(match.index - from));
    from = match.index + 2;
    const written = cursor.take(2);
    const letter = match[1] ?? '';
    const value = liveSpecifier(host, letter) ?? specifier(host, unitName, letter);
    if (value !== undefined) parts.push(derived(value, match[0], written));
    else if (RUNNING_SYSTEM.includes(letter)) {
      unresolved.push(match[0]);
      parts.push(notKnown(match[0], written));
    } else unknown.push(match[0]);
  }
  parts.push(cursor.take(plain.length - from));
  return { text: TracedText.concat(parts), unresolved, unknown };
}

/** Known to the running system alone, or not read here. */
const RUNNING_SYSTEM = 'abcdHlmqrRvyY';

function notKnown(specifierText: string, written: TracedText): TracedText {
  const origin = written.slices[0]?.origin;
  return TracedText.from(specifierText, {
    kind: 'unknown',
    reason: `specifier ${specifierText} is known to the running system alone`,
    ...(origin?.kind === 'literal' ? { place: origin.place } : {}),
  });
}

function derived(value: string, specifierText: string, written: TracedText): TracedText {
  const origin = written.slices[0]?.origin;
  return TracedText.from(value, {
    kind: 'derived',
    rule: `specifier ${specifierText}`,
    ...(origin?.kind === 'literal' ? { place: origin.place } : {}),
  });
}

function specifier(host: Host, unitName: string, letter: string): string | undefined {
  const suffixAt = unitName.lastIndexOf('.');
  const stem = unitName.slice(0, suffixAt);
  const at = stem.indexOf('@');
  const prefix = at === -1 ? stem : stem.slice(0, at);
  const instance = at === -1 ? '' : stem.slice(at + 1);
  switch (letter) {
    case '%':
      return '%';
    case 'n':
      return unitName;
    case 'N':
      return stem;
    case 'p':
      return prefix;
    case 'P':
      return unescapeUnitName(prefix);
    case 'i':
      return instance;
    case 'I':
      return unescapeUnitName(instance);
    case 'j':
      return prefix.slice(prefix.lastIndexOf('-') + 1);
    case 'J':
      return unescapeUnitName(prefix.slice(prefix.lastIndexOf('-') + 1));
    case 'f':
      return `/${unescapeUnitName(at === -1 ? prefix : instance)}`;
    case 't':
      return '/run';
    case 'S':
      return '/var/lib';
    case 'C':
      return '/var/cache';
    case 'L':
      return '/var/log';
    case 'E':
      return '/etc';
    case 'T':
      return '/tmp';
    case 'V':
      return '/var/tmp';
    case 'h':
      return '/root';
    case 'u':
    case 'g':
      return 'root';
    case 'U':
    case 'G':
      return '0';
    case 's':
      return rootShell(host);
    case 'y':
      return fragmentPath(host, unitName);
    case 'Y':
      return fragmentPath(host, unitName)?.replace(/\/[^/]*$/, '');
    case 'd':
      return `/run/credentials/${unitName}`;
    case 'q':
      return prettyName(host) ?? specifier(host, unitName, 'H');
    case 'H':
      return firstLineOf(host, '/etc/hostname');
    case 'l':
      return firstLineOf(host, '/etc/hostname')?.split('.')[0];
    case 'm':
      return firstLineOf(host, '/etc/machine-id');
    default: {
      const key = OS_RELEASE[letter];
      return key === undefined ? undefined : osRelease(host, key);
    }
  }
}

/** Of a linked unit, the file that it leads to. Source: specifier_fragment_path() in src/core/unit-printf.c of systemd 252. */
function fragmentPath(host: Host, unitName: string): string | undefined {
  const path = unitFilesOf(host, unitName.slice(unitName.lastIndexOf('.'))).fileOf(unitName);
  return path === undefined || host.lstat(path)?.type !== 'link' ? path : host.realPath(path);
}

/** Source: machine-info(5). */
function prettyName(host: Host): string | undefined {
  return variableIn(host, ['/etc/machine-info'], 'PRETTY_HOSTNAME') || undefined;
}

const OS_RELEASE: Readonly<Record<string, string>> = {
  o: 'ID',
  w: 'VERSION_ID',
  W: 'VARIANT_ID',
  B: 'BUILD_ID',
  M: 'IMAGE_ID',
  A: 'IMAGE_VERSION',
};

/** What os-release(5) says of the system; empty for what it leaves out, undefined without the file. */
function osRelease(host: Host, key: string): string | undefined {
  return variableIn(host, ['/etc/os-release', '/usr/lib/os-release'], key);
}

function variableIn(host: Host, paths: readonly string[], key: string): string | undefined {
  const path = paths.find((each) => host.stat(each)?.type === 'file');
  if (path === undefined) return undefined;
  const { assignments } = readEnvironmentFile(path, host.readFile(path, FILE_LIMIT));
  return assignments.findLast(({ name }) => name === key)?.value.toString() ?? '';
}

const FILE_LIMIT = 65_536;

/** `-` is `/`, `\xNN` a byte. Source: systemd-escape(1). */
function unescapeUnitName(name: string): string {
  const bytes = Buffer.from(name.replaceAll('-', '/')).toString('latin1');
  const plain = bytes.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1').toString();
}
