import { wellKnownName } from './well-known-name.ts';

/**
 * The files that a well-known command writes, as far as its words tell; undefined for a command that is not
 * known. A word that only running tells is undefined. Source: POSIX.1-2017, Utilities; coreutils 9.1.
 */
export function outputsOf(words: readonly (string | undefined)[]): readonly string[] | undefined {
  const name = wellKnownName(words[0] ?? '');
  const args = words.slice(1);
  if (READERS.has(name)) return [];
  const operands = args.filter((word) => word !== undefined && !word.startsWith('-'));
  switch (name) {
    case 'tee':
    case 'truncate':
      return known(operands);
    case 'cp':
    case 'mv':
    case 'install':
    case 'ln':
    case 'rsync':
      return copies(args, known(operands));
    case 'sed':
      return args.some((word) => /^(?:-[a-zA-Z]*i|--in-place)/.test(word ?? ''))
        ? known(operands.slice(1))
        : [];
    case 'dd':
      return known(args).flatMap((word) => (word.startsWith('of=') ? [word.slice(3)] : []));
    default:
      return undefined;
  }
}

/** They look at files, or change what is not their content. */
const READERS = new Set(
  [
    'cat grep egrep fgrep head tail less wc cut sort uniq test [ . source stat ls readlink realpath dirname basename',
    'cmp diff md5sum sha256sum touch chmod chown chgrp chcon restorecon rm rmdir unlink mkdir echo printf export unset read true false :',
    'systemctl ping sleep kill find logger',
  ].flatMap((line) => line.split(' ')),
);

/** The last operand, or what the sources are called in it where it is a directory. */
function copies(args: readonly (string | undefined)[], operands: readonly string[]): string[] {
  const option = args.findIndex((word) => word === '-t' || word === '--target-directory');
  const given = option === -1 ? undefined : args[option + 1];
  const target = given ?? operands.at(-1);
  if (target === undefined || (given === undefined && operands.length < 2)) return [];
  const sources = operands.filter((operand) => operand !== target);
  const directory = target.endsWith('/') ? target : `${target}/`;
  return [target, ...sources.map((source) => `${directory}${source.split('/').at(-1) ?? ''}`)];
}

function known(words: readonly (string | undefined)[]): string[] {
  return words.filter((word) => word !== undefined);
}
