import type { ScalarTag } from './node.ts';

type PlainTag = ScalarTag | 'merge' | 'timestamp' | 'value' | 'yaml';

/** The types that PyYAML takes plain text for, by its first character (resolver.py); tried in this order. */
const RESOLVERS: readonly { readonly tag: PlainTag; readonly first: string; readonly pattern: RegExp }[] = [
  {
    tag: 'bool',
    first: 'yYnNtTfFoO',
    pattern: /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)\n?$/,
  },
  {
    tag: 'float',
    first: '-+0123456789.',
    pattern:
      /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\n?$/,
  },
  {
    tag: 'int',
    first: '-+0123456789',
    pattern:
      /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\n?$/,
  },
  { tag: 'merge', first: '<', pattern: /^<<\n?$/ },
  { tag: 'null', first: '~nN', pattern: /^(?:~|null|Null|NULL)\n?$/ },
  {
    tag: 'timestamp',
    first: '0123456789',
    pattern:
      /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)\n?$/,
  },
  { tag: 'value', first: '=', pattern: /^=\n?$/ },
  { tag: 'yaml', first: '!&*', pattern: /^[!&*]\n?$/ },
];

/** The type that plain text is read as: `str` when it is nothing else. */
export function resolvePlain(text: string): PlainTag {
  if (text === '' || text === '\n') return text === '' ? 'null' : 'str';
  const first = text.charAt(0);
  return (
    RESOLVERS.find((resolver) => resolver.first.includes(first) && resolver.pattern.test(text))?.tag ?? 'str'
  );
}
