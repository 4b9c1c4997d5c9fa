import type { Host } from '../../host/host.ts';
import { firstLineOf } from '../first-line-of.ts';
import { isInComment } from './command-mentions.ts';

export interface AddressMention {
  /** Of those that are looked for. */
  readonly address: string;
  readonly offset: number;
}

/**
 * Finds where texts name one of the ports `addresses`: `22`, `127.0.0.1:22` or `53/udp`. A port counts behind a name of this
 * machine (`localhost:22`) and behind a word that ends in "port"; lines that begin with a comment do not.
 */
export function addressFinder(host: Host, addresses: readonly string[]): (text: string) => AddressMention[] {
  const patterns = addresses.flatMap((address) => patternOf(host, address) ?? []);
  return (text) =>
    patterns.flatMap(({ address, pattern }) =>
      [...text.matchAll(pattern)]
        .filter(({ index }) => !isInComment(text, index))
        .map((match) => ({ address, offset: match.index + (match[1] ?? '').length })),
    );
}

/** The names by which each address of this machine's own is written: those of one version do not reach the other, but for these. */
const BOTH = ['localhost', '0.0.0.0', '[::]'];
const EVERYWHERE = [...BOTH, '127.0.0.1', '[::1]'];

function patternOf(host: Host, address: string): { address: string; pattern: RegExp } | undefined {
  const match = /^(?:(.*):)?(\d+)(?:\/udp)?$/.exec(address);
  if (match === null) return undefined;
  const [, at, port = ''] = match;
  const own = firstLineOf(host, '/etc/hostname')?.trim() ?? '';
  const isAny = at === undefined || at === '0.0.0.0' || at === '[::]';
  const names = [...namesOf(isAny ? undefined : at), ...(isAny && own !== '' ? [own] : [])];
  const machine = names.map((name) => name.replaceAll(/[^\w]/g, '\\$&')).join('|');
  return {
    address,
    pattern: new RegExp(
      `((?<![\\w.:-])(?:${machine}):|(?<=port|PORT|Port)["']?[ \\t]{0,20}[=:]?[ \\t]{0,20}["']?)${port}(?![\\w.:-]*\\w)`,
      'g',
    ),
  };
}

function namesOf(at: string | undefined): readonly string[] {
  if (at === undefined || at === 'localhost') return EVERYWHERE;
  return at === '127.0.0.1' || at === '[::1]' ? [...BOTH, at] : [at];
}
