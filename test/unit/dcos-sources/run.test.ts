import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCheckout } from '../../dcos-sources/checkout.ts';
import { readExpectation } from '../../dcos-sources/expectation.ts';
import { readOptions } from '../../dcos-sources/options.ts';
import { compareWithExpectation } from '../../dcos-sources/with-expectation.ts';
import { rootWith } from '../../root-with.ts';

const CALC = `
def calculate_beam(lamp):
    assert lamp != 'broken', 'Must burn'
    return lamp + ' shines'


entry = {
    'must': {'beam': calculate_beam, 'config_id': 'f00d', 'dcos_version': '0.1'},
}
`;
const CONFIG = `package:
  - path: /etc/beam
    permissions: "0600"
    content: |
      BEAM={{ beam }}
`;
const SERVICES = '- name: lamp.service\n  command: start\n';
const FILES =
  '{\n "package": [\n  {\n   "content": "BEAM=oil shines\\n",\n   "path": "/etc/beam",\n   "permissions": "0600"\n  }\n ]\n}';
const METADATA = 'package:\n  - path: /version\n    content: "{{ dcos_version }}-{{ config_id }}"\n';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const rendered = (text: string, mode = '0o666') => ({ bytes: text.length, mode, sha256: sha256(text) });
const json = (value: unknown) => JSON.stringify(value);
const literal = { kind: 'literal', conditions: [], is_optional: false, is_user: false };

/** A generator of our own and what it makes of one config, worked out by hand. */
const TREE = {
  'sources/gen/calc.py': CALC,
  'sources/gen/dcos-config.yaml': CONFIG,
  'sources/gen/cloud-config.yaml': 'root: []\n',
  'sources/gen/dcos-metadata.yaml': METADATA,
  'sources/gen/dcos-services.yaml': SERVICES,
  'expected/minimal/user_arguments.json': json({ lamp: 'oil' }),
  'expected/minimal/arguments.json': json({
    beam: 'oil shines',
    config_id: 'f00d',
    dcos_version: '0.1',
    lamp: 'oil',
  }),
  'expected/minimal/provenance.json': json({
    beam: {
      ...literal,
      kind: 'function',
      function: 'calculate_beam',
      file: 'gen/calc.py',
      line: 2,
      parameters: ['lamp'],
      called_with: { lamp: 'oil' },
    },
    config_id: literal,
    dcos_version: literal,
    lamp: { ...literal, is_user: true },
  }),
  'expected/minimal/raw.sha256.json': json({
    'dcos-config.yaml': sha256(CONFIG.replace('{{ beam }}', 'oil shines')),
    'cloud-config.yaml': sha256('root: []\n'),
    'dcos-metadata.yaml': sha256(METADATA.replace('{{ dcos_version }}-{{ config_id }}', '0.1-f00d')),
    'dcos-services.yaml': sha256(SERVICES),
  }),
  'expected/minimal/rendered.sha256.json': json({
    'dcos-config--setup_f00d/etc/beam': rendered('BEAM=oil shines\n', '0o600'),
    'dcos-metadata--setup_f00d/version': rendered('0.1-f00d', '0o644'),
    'dcos-config.yaml.json': rendered(FILES),
    'cloud-config.yaml.json': rendered('{\n "write_files": []\n}'),
    'dcos-metadata.yaml.json': rendered(
      '{\n "package": [\n  {\n   "content": "0.1-f00d",\n   "path": "/version"\n  }\n ]\n}',
    ),
    'dcos-services.yaml.json': rendered('[\n {\n  "command": "start",\n  "name": "lamp.service"\n }\n]'),
  }),
  'expected/errors.json': json({
    fine: { delta: { lamp: 'gas' }, result: { status: 'ok' } },
    dark: {
      delta: { lamp: 'broken' },
      result: { status: 'errors', errors: { beam: { message: 'Must burn' } }, unset: [] },
    },
    none: { delta: { lamp: '<removed>' }, result: { status: 'errors', errors: {}, unset: ['lamp'] } },
  }),
};

function run(changes: Record<string, string> = {}) {
  const { root } = rootWith({ ...TREE, ...changes });
  const lines: string[] = [];
  const status = compareWithExpectation(
    openCheckout(join(root, 'sources')),
    readExpectation(join(root, 'expected')),
    (line) => lines.push(line),
  );
  return { status, lines, last: (lines.at(-1) ?? '').trim().replace(/\d+ s$/, 'n s') };
}

test('all is equal: the counts are on the last line, and the status is 0', () => {
  expect(run()).toMatchObject({
    status: 0,
    last: '0.1: 4/4 arguments, 4/4 setters, 4/4 raw templates, 6/6 files, 3/3 broken configs, 100.00 % of 24 characters with an origin, n s',
  });
});

test.each([
  ['an argument', 'minimal/arguments.json', '"oil shines"', '"oil smokes"', /^0\.1: 3\/4 arguments/],
  ['a setter', 'minimal/provenance.json', '"line":2', '"line":3', /3\/4 setters/],
  ['a template', 'minimal/raw.sha256.json', sha256(SERVICES), sha256('lamp'), /3\/4 raw templates/],
  ['a file', 'minimal/rendered.sha256.json', '"0o600"', '"0o644"', /5\/6 files/],
  ['a reason', 'errors.json', 'Must burn', 'Must glow', /2\/3 broken configs/],
  ['what is unset', 'errors.json', '"unset":["lamp"]', '"unset":["oil"]', /2\/3 broken configs/],
] as const)('%s that differs is shown and counted, and the status is 1', (_title, file, from, to, count) => {
  const path = `expected/${file}` as const;
  const { status, last, lines } = run({ [path]: TREE[path].replace(from, to) });
  expect(TREE[path]).toContain(from);
  expect(status).toBe(1);
  expect(last).toMatch(count);
  expect(lines.join('\n')).toMatch(/\n {2}expected .*\n {2}got {6}/);
});

test.each([
  [[], '--sources is missing'],
  [['--sources'], "Option '--sources <value>' argument missing"],
  [['--lamp'], "Unknown option '--lamp'"],
  [['--sources', '.', 'oil'], "Unexpected argument 'oil'"],
])('the options %j are refused', (args, message) => {
  expect(() => readOptions(args, '/')).toThrow(message);
});

test('paths of options are meant from where npm was called', () => {
  expect(readOptions(['--sources', 'dcos', '--expected=/want'], '/home/keeper')).toEqual({
    kind: 'run',
    sources: '/home/keeper/dcos',
    expected: '/want',
  });
});

test('a directory without a generator is refused, gen itself is not', () => {
  const { root } = rootWith(TREE);
  expect(() => openCheckout(join(root, 'none'))).toThrow('there is no such directory');
  expect(() => openCheckout(join(root, 'expected'))).toThrow('no gen/calc.py in it; name a checkout of');
  expect(openCheckout(join(root, 'sources', 'gen')).directory).toBe(join(root, 'sources'));
});

test('a folder that is not one version of an expectation is refused', () => {
  const { root } = rootWith(TREE);
  expect(() => readExpectation(join(root, 'none'))).toThrow('there is no such directory');
  expect(() => readExpectation(root)).toThrow(
    'none of its directories has user_arguments.json and arguments.json',
  );
  writeFileSync(join(root, 'expected/minimal/arguments.json'), '{');
  expect(() => readExpectation(join(root, 'expected'))).toThrow("arguments.json can't be read as JSON");
  writeFileSync(join(root, 'expected/minimal/arguments.json'), '{"lamp": 1}');
  expect(() => readExpectation(join(root, 'expected'))).toThrow(
    'arguments.json is not shaped as expected: lamp',
  );
});
