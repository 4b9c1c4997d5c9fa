import { describe, expect, test } from 'vitest';
import { abidiffVerdict, parseAbidiff } from './parse-abidiff.ts';

/** Lines of libabigail 2.2 about libraries compiled from C and C++. */
const REPORT = `Functions changes summary: 1 Removed, 3 Changed, 0 Added (1 filtered out) functions
Variables changes summary: 0 Removed, 2 Changed, 0 Added variables

1 Removed function:

  [D] 'function int gone(int)'    {gone}

3 functions with some indirect sub-type change:

  [C] 'function int use_opts(opts*)' has some indirect sub-type changes:
    parameter 1 of type 'opts*' has sub-type changes:
      in pointed to type 'struct opts':
        type size changed from 128 to 192 (in bits)

  [C] 'method virtual int lib::S<int, char>::end()' at b.cc:3:1 has some indirect sub-type changes:
    the vtable offset of method virtual int lib::S::end() changed from 3 to 4

  [C] 'function std::pair<int, int> lib::operator()(const lib::S&)' has some indirect sub-type changes:

2 Changed variables:

  [C] 'int limit' was changed to 'long int limit':
    size of symbol changed from 4 to 8

  [C] 'opts table[2]' was changed:
    size of symbol changed from 32 to 48

1 Removed function symbol not referenced by debug info:

  [D] _ZN3lib1S3midEv

`;

describe('the report of abidiff', () => {
  test('what is gone and what changed, with what is said of it', () => {
    const read = parseAbidiff(REPORT, 100);
    expect(read.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'gone gone',
      'changed use_opts',
      'changed lib::S::end',
      'changed lib::operator()',
      'changed limit',
      'changed table',
      'gone _ZN3lib1S3midEv',
    ]);
    expect(read[1]?.details).toEqual([
      "parameter 1 of type 'opts*' has sub-type changes:",
      "in pointed to type 'struct opts':",
      'type size changed from 128 to 192 (in bits)',
    ]);
    expect(read[4]?.details).toEqual([
      "was changed to 'long int limit'",
      'size of symbol changed from 4 to 8',
    ]);
  });

  test('no more of it than asked for', () => {
    expect(parseAbidiff(REPORT, 2)).toHaveLength(2);
    expect(parseAbidiff("  [C] '\n  [C]\n[D] x\n    stray\n", 9)).toEqual([]);
  });
});

test.each([
  [0, 'same'],
  [4, 'changed'],
  [12, 'incompatible'],
  [1, 'could-not-run'],
  [3, 'could-not-run'],
  [5, 'could-not-run'],
  [8, 'could-not-run'],
  [134, 'could-not-run'],
] as const)('exit code %i says: %s', (bits, verdict) => {
  expect(abidiffVerdict(bits)).toBe(verdict);
});
