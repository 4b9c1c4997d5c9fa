import { expect, test } from 'vitest';
import { secretRanges } from './secret-ranges.ts';
import { maskRanges } from './secrets.ts';

/** The lines with each secret part as `(secret)`. */
function shown(...lines: string[]): string[] {
  const ranges = secretRanges(lines);
  return lines.map((line, index) => maskRanges(line, ranges[index] ?? []));
}

test.each([
  ['KEEPER_PASSWORD=gull and tern', 'KEEPER_PASSWORD=(secret)'],
  ['Environment=LAMP=dim KEEPER_PASSWORD=gull', 'Environment=LAMP=dim KEEPER_PASSWORD=(secret)'],
  ['Environment=KEEPER_PASSWORD=gull LAMP=dim', 'Environment=KEEPER_PASSWORD=(secret) LAMP=dim'],
  [
    `Environment="KEEPER_PASSWORD=two gulls" 'A_TOKEN=b c'`,
    `Environment="KEEPER_PASSWORD=(secret)" 'A_TOKEN=(secret)'`,
  ],
  ['  "api_key": "0123", "lamp": "dim"', '  "api_key": (secret), "lamp": "dim"'],
  [
    '{"apiKey": "0123", "lampToken": 12, "lamp": "dim"}',
    '{"apiKey": (secret), "lampToken": (secret), "lamp": "dim"}',
  ],
  ['{password: two gulls, lamp: dim}', '{password: (secret), lamp: dim}'],
  ['access-token: gull and tern', 'access-token: (secret)'],
  ['keeper.lamp.password=gull', 'keeper.lamp.password=(secret)'],
  ['PGPASSWORD=gull', 'PGPASSWORD=(secret)'],
  [
    '"made": "{\\n  \\"a_password\\":\\"gull\\",\\n  \\"lamp\\":\\"dim\\"}"',
    '"made": "{\\n  \\"a_password\\":(secret),\\n  \\"lamp\\":\\"dim\\"}"',
  ],
])('a value is a secret by the name before it: %s', (line, expected) => {
  expect(shown(line)).toEqual([expected]);
});

test.each([
  [
    'ExecStart=/bin/lamp --password=gull --api-key=tern --dim',
    'ExecStart=/bin/lamp --password=(secret) --api-key=(secret) --dim',
  ],
  ['ExecStart=/bin/lamp --password gull --dim', 'ExecStart=/bin/lamp --password (secret) --dim'],
  ['ExecStart=/bin/lamp "--password=two gulls" --dim', 'ExecStart=/bin/lamp "--password=(secret)" --dim'],
  [`ExecStart=/bin/lamp --password 'two gulls' --dim`, 'ExecStart=/bin/lamp --password (secret) --dim'],
  [`ExecStart=/bin/lamp --password=it's,"a b"c --dim`, 'ExecStart=/bin/lamp --password=(secret) --dim'],
  ['ExecStart=/bin/sh -c "lamp --password=gull"', 'ExecStart=/bin/sh -c "lamp --password=(secret)"'],
  ['["lamp", "--password", "gull", "--dim"]', '["lamp", "--password", (secret), "--dim"]'],
  ['ExecStart=/bin/sea -u keeper -p gull lamp', 'ExecStart=/bin/sea -u keeper -p (secret) lamp'],
  ['ExecStart=/bin/sea -u keeper:gull http://sea/', 'ExecStart=/bin/sea -u keeper:(secret) http://sea/'],
  [
    'ExecStart=/bin/sea -H "Authorization: Bearer gull.tern.auk"',
    'ExecStart=/bin/sea -H "Authorization: Bearer (secret)"',
  ],
])('so is that of an option: %s', (line, expected) => {
  expect(shown(line)).toEqual([expected]);
});

test('a password in a URL is a secret, with all that may stand in it', () => {
  expect(shown('SEA=amqp://keeper:gull@sea/')).toEqual(['SEA=amqp://keeper:(secret)@sea/']);
  expect(shown('ExecStart=/bin/lamp http://keeper:gu@ll@sea/')).toEqual([
    'ExecStart=/bin/lamp http://keeper:(secret)@sea/',
  ]);
});

test.each([
  ['LAMP=dim'],
  ['PASSWORD_FILE=/etc/lamp/password'],
  ['TOKEN_TIMEOUT=30'],
  ['url: http://sea:80/a@b'],
  ['PassEnvironment=LAMP'],
  ['LoadCredential=lamp:/etc/lamp'],
  ['ExecStart=/bin/lamp --password-file /etc/lamp/password -u 1000:1000 -p 80:80'],
  ['ExecStart=/bin/lamp --password-stdin harbour'],
  ['ExecStart=/bin/lamp --token=${LAMP_TOKEN} --dim'],
  ['ExecStart=/bin/lamp -p harbour'],
])('what speaks of secrets without being one stays: %s', (line) => {
  expect(shown(line)).toEqual([line]);
});

test('the block below the key of a secret, as YAML folds it', () => {
  const lines = [
    '"keeper": |-',
    '  Ida',
    '"keeper_password": |-',
    '  gull',
    '',
    '    tern',
    '"lamp": |-',
    '  dim',
  ];
  const hidden = [
    '"keeper": |-',
    '  Ida',
    '"keeper_password": |-',
    '(secret)',
    '',
    '(secret)',
    '"lamp": |-',
    '  dim',
  ];
  expect(shown(...lines)).toEqual(hidden);
});

test('maps, lists and plain values that go on below the key of a secret', () => {
  expect(shown('a:', '  token:', '    one: gull', '    two: [tern]', '  lamp: dim')).toEqual([
    'a:',
    '  token:',
    '(secret)',
    '(secret)',
    '  lamp: dim',
  ]);
  expect(shown('tokens:', '- gull', '- tern', 'lamp: dim')).toEqual([
    'tokens:',
    '(secret)',
    '(secret)',
    'lamp: dim',
  ]);
  expect(shown('- password: gull', '    tern', '- lamp: dim')).toEqual([
    '- password: (secret)',
    '(secret)',
    '- lamp: dim',
  ]);
  expect(shown('{', '"tokens": [', '"gull"', '],', '"lamp": "dim"', '}')).toEqual([
    '{',
    '"tokens": [',
    '(secret)',
    '(secret)',
    '"lamp": "dim"',
    '}',
  ]);
  expect(shown('"password":', '"gull",', '"lamp": "dim"')).toEqual([
    '"password":',
    '(secret)',
    '"lamp": "dim"',
  ]);
});

test('a diff hides what the files it is of hide', () => {
  expect(shown('  "keeper_password": |-', '-   gull', '+   tern', '+ "lamp": |-', '+   dim')).toEqual([
    '  "keeper_password": |-',
    '(secret)',
    '(secret)',
    '+ "lamp": |-',
    '+   dim',
  ]);
  expect(shown('+ "keeper_password": |-', '+   tern', '- token: gull', '-   auk', '- lamp: dim')).toEqual([
    '+ "keeper_password": |-',
    '(secret)',
    '- token: (secret)',
    '(secret)',
    '- lamp: dim',
  ]);
});

test('what a backslash or an open quote carries on', () => {
  expect(shown('KEEPER_PASSWORD=gull\\', 'tern', 'LAMP=dim')).toEqual([
    'KEEPER_PASSWORD=(secret)\\',
    '(secret)',
    'LAMP=dim',
  ]);
  expect(shown('KEEPER_PASSWORD="gull', 'tern" A=b', 'LAMP=dim')).toEqual([
    'KEEPER_PASSWORD=(secret)',
    '(secret)',
    'LAMP=dim',
  ]);
  expect(shown('ExecStart=/bin/lamp --password \\', '# a comment', '  gull --dim \\', '  --red')).toEqual([
    'ExecStart=/bin/lamp --password \\',
    '# a comment',
    '  (secret) --dim \\',
    '  --red',
  ]);
  expect(shown('- --password', '- gull', '- --dim')).toEqual(['- --password', '(secret)', '- --dim']);
});

test('each line of a private key is a secret, and no line after it', () => {
  const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIB', '-----END RSA PRIVATE KEY-----', 'LAMP=dim'];
  expect(shown(...key)).toEqual(['(secret)', '(secret)', '(secret)', 'LAMP=dim']);
});

test.each([
  ['a comment', `# ${'a'.repeat(900_000)}`],
  ['dashes', '-'.repeat(900_000)],
  ['blanks', `--password${' '.repeat(900_000)}-`],
  ['plain secrets', '--password=/a '.repeat(64_000)],
  ['names of secrets', 'password:'.repeat(100_000)],
  ['nested names', 'a_token='.repeat(110_000)],
  ['open quotes', `a_token='"`.repeat(90_000)],
  ['escaped quotes', `a_token=\\"`.repeat(90_000)],
  ['URLs', '://a:'.repeat(180_000)],
  ['users', '-u a:'.repeat(180_000)],
  ['a backslash at each end', 'a_token=/a \\\n'.repeat(80_000)],
])('the work grows no faster than the text: %s', (_, text) => {
  // At this size what grows with the square takes hours.
  expect(secretRanges(text.split('\n')).length).toBeGreaterThan(0);
});

test('a line too long to look through is a secret as a whole', () => {
  expect(shown('a'.repeat(1024 * 1024 + 1))).toEqual(['(secret)']);
});
