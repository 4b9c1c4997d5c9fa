import { TextCursor } from '../formats/command-line/text-cursor.ts';
import type { Host } from '../host/host.ts';
import { TracedText } from '../text/traced-text.ts';
import { rootShell } from './passwd-entry.ts';

/** A text with its specifiers put in. */
export interface Expanded {
  readonly text: TracedText;
  /** Specifiers that only the running system knows: left as written, their origin unknown. */
  readonly unresolved: readonly string[];
  /** Letters that are no specifier: systemd ignores the text that has one. */
  readonly unknown: readonly string[];
}

/**
 * Puts in the `%` specifiers of a system unit. What depends on the running system alone (`%b`, `%v`,
 * credentials) is not known. Source: systemd.unit(5), SPECIFIERS; src/shared/specifier.c of systemd 252.
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
    const value = specifier(host, unitName, letter);
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
const RUNNING_SYSTEM = 'aAbBcdfHlmMoqrRvwWyY';

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
    case 'H':
    case 'q':
      return firstLine(host, '/etc/hostname');
    case 'l':
      return firstLine(host, '/etc/hostname')?.split('.')[0];
    case 'm':
      return firstLine(host, '/etc/machine-id');
    default:
      return undefined;
  }
}

function firstLine(host: Host, path: string): string | undefined {
  if (host.stat(path)?.type !== 'file') return undefined;
  return new TextDecoder().decode(host.readFile(path, 4096)).split('\n')[0]?.trim() || undefined;
}

/** `-` is `/`, `\xNN` a byte. Source: systemd-escape(1). */
function unescapeUnitName(name: string): string {
  return name
    .replaceAll('-', '/')
    .replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
