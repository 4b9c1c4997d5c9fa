import { type Arbitrary, array, constantFrom, oneof, record, sample } from 'fast-check';

/** Lines of [Service] of a unit that is started, and the arguments of its command. */
export interface StartCase {
  readonly lines: readonly string[];
  readonly args: readonly string[];
}

/** Random environments and arguments, as bytes in latin1. */
export function startCases(seed: number, count: number): StartCase[] {
  return sample(
    record({ lines: array(line(), { maxLength: 8 }), args: array(argument(), { maxLength: 5 }) }),
    { seed, numRuns: count },
  );
}

/** Environment files that the lines name. */
export const START_FILES: Readonly<Record<string, string>> = {
  '/etc/start/a.env': 'A=of-a\nB="b c"\n',
  '/etc/start/b.env': "B='x y'  \nC=a\\ b\nexport D=1\n",
  '/etc/start/x1.conf': 'E=one\nA=x1\n',
  '/etc/start/x2.conf': 'E=two\n',
  '/etc/start/.x3.conf': 'E=hidden\n',
  '/etc/start/latin.env': 'A=caf\u00e9\n',
  '/etc/systemd/system.conf.d/50-start.conf':
    '[Manager]\nDefaultEnvironment=DEF="a b" A=default\nDefaultEnvironment=\'DEG=%%n c\'\n',
};

function line(): Arbitrary<string> {
  return oneof(
    { weight: 4, arbitrary: assignments().map((words) => `Environment=${words}`) },
    {
      weight: 3,
      arbitrary: constantFrom(
        '/etc/start/a.env',
        '-/etc/start/b.env',
        '-/etc/start/absent.env',
        '/etc/start/x*.conf',
        '-/etc/start/[xy]?.conf',
        '-/etc/start/*.none',
        '-/etc/start/latin.env',
        '-/etc/start',
        '-/etc/%p/a.env',
        '',
      ).map((file) => `EnvironmentFile=${file}`),
    },
    {
      weight: 1,
      arbitrary: constantFrom('A', 'A B', 'B=x', '"B=b c"', 'PATH', 'DEF', '', 'A-B A', 'C= C').map(
        (names) => `UnsetEnvironment=${names}`,
      ),
    },
    {
      weight: 1,
      arbitrary: constantFrom(
        'PassEnvironment=NOWHERE',
        'User=nobody',
        'User=root',
        'User=daemon',
        'Environment=',
        'RuntimeDirectory=start/%i b',
        'StateDirectory=start',
        'WorkingDirectory=/tmp',
      ),
    },
  );
}

function assignments(): Arbitrary<string> {
  return array(
    oneof(
      { weight: 3, arbitrary: array(piece(), { maxLength: 4 }).map((parts) => `A=${parts.join('')}`) },
      { weight: 2, arbitrary: array(piece(), { maxLength: 4 }).map((parts) => `"B=${parts.join('')}"`) },
      {
        weight: 1,
        arbitrary: constantFrom('C=$A', "'D=x y'", 'E', '1F=x', 'G=', '=', 'H=\u00c3\u00a9', 'A=\\xff'),
      },
    ),
    { minLength: 1, maxLength: 3 },
  ).map((words) => words.join(' '));
}

function piece(): Arbitrary<string> {
  return constantFrom(
    'a',
    'b c',
    '\\t',
    '\\x41',
    '\\"',
    "'",
    '%n',
    '%%',
    '%i',
    '$B',
    '${A}',
    '=',
    '\\\\',
    'x',
    ' ',
    '#',
  );
}

function argument(): Arbitrary<string> {
  return constantFrom(
    'plain',
    '$A',
    '$B',
    '${A}',
    '${B}x${A}',
    'x$A',
    '"$B"',
    '"${B}"',
    "'$B'",
    '$$A',
    '$${A}',
    '$NONE',
    '${NONE}',
    'a${NONE}b',
    '$C',
    '$D',
    '$',
    '${',
    '${A',
    '$A$B',
    '$A-x',
    '$1',
    '""',
    '%n',
    '"%i $B"',
    '$DEF',
    '${DEG}',
    '$PATH',
    '$USER',
    '\\x24A',
    'a\\sb',
    '\\;',
  );
}
