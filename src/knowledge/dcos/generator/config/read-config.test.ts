import { describe, expect, test } from 'vitest';
import { rootWith } from '../../../../../test/root-with.ts';
import { CouldNotRun } from '../../../../documents/could-not-run.ts';
import { showPlace } from '../../../../text/place.ts';
import { parseConfig, readConfig } from './read-config.ts';

/** What is said of a config that is none. */
function refusal(read: () => unknown): CouldNotRun {
  try {
    read();
  } catch (error) {
    if (error instanceof CouldNotRun) return error;
    throw error;
  }
  throw new Error('it was taken');
}

const refused = (text: string) => refusal(() => parseConfig('/config.yaml', text)).message;

describe('a config', () => {
  test('knows where each of its keys stands', () => {
    const { keys, notes } = parseConfig(
      '/config.yaml',
      '---\n# lamps\ncluster_name: lamp\nresolvers:\n- 192.0.2.1\n',
    );
    expect([...keys].map(([name, place]) => `${name} ${showPlace(place)}`)).toEqual([
      'cluster_name /config.yaml:3:1',
      'resolvers /config.yaml:4:1',
    ]);
    expect(notes).toEqual([]);
  });

  test('may say a key twice: the later counts, and that is said', () => {
    const { keys, notes } = parseConfig('/config.yaml', 'a: 1\nb: 2\na: 3\n');
    expect(notes).toEqual(['/config.yaml:1:1: a is set again in line 3, which counts']);
    expect(keys.get('a')?.line).toBe(3);
  });

  test('may be read from a file', () => {
    expect(readConfig(rootWith({ '/config.yaml': 'a: 1\n' }), '/config.yaml').root.entries.size).toBe(1);
  });
});

describe('what is no config is said with its place and its line', () => {
  test.each([
    ['', '/config.yaml:1:1: a config is a mapping of names to values, and this is none\n\n^'],
    [
      '---\n- lamp\n',
      '/config.yaml:2:1: a config is a mapping of names to values, and this is none\n- lamp\n^',
    ],
    ["a: 'b\n", "/config.yaml:2:1: this is no YAML: Missing closing 'quote\n\n^"],
    ['a: 1\n\t b: 2\n', '/config.yaml:2:1: this is no YAML: Tabs are not allowed as indentation\n  b: 2\n^'],
    ['a: 1\n22: b\n', '/config.yaml:2:1: the key 22 is a number: arguments have names\n22: b\n^'],
    ['yes: b\n', '/config.yaml:1:1: the key yes is a truth value: arguments have names\nyes: b\n^'],
    ['a: 1\n~: b\n', '/config.yaml:2:1: a key is missing here: arguments have names\n~: b\n^'],
    ['? [a, b]\n: c\n', '/config.yaml:1:1: a key is a name, not a list or mapping\n? [a, b]\n^'],
    [
      'a: *x\n',
      '/config.yaml:1:4: no value before it is called &x, so *x stands for nothing: quote a text that begins with *\na: *x\n   ^',
    ],
    [
      'a: &x 1\nb: [*x]\n',
      '/config.yaml:2:5: aliases are not followed: write the value of &x out\nb: [*x]\n    ^',
    ],
    [
      'a: &x\n  b: 1\n<<: *x\n',
      '/config.yaml:3:1: merge keys are not followed: write the values out\n<<: *x\n^',
    ],
  ])('%j', (text, message) => {
    expect(refused(text)).toBe(message);
  });

  test('a quoted number is a name', () => {
    expect([...parseConfig('/config.yaml', '"22": b\n').keys.keys()]).toEqual(['22']);
  });

  test('no file, too large a file, and one that is no text', () => {
    const host = rootWith({ '/large.yaml': 'a'.repeat(1024 * 1024 + 1) });
    const missing = refusal(() => readConfig(host, '/none.yaml'));
    expect(missing.message).toBe('--config: /none.yaml: no such file');
    expect(missing.next).toBe('give the config.yaml that the generator was run with, or leave --config out');
    expect(refusal(() => readConfig(host, '/large.yaml')).message).toBe(
      '--config: /large.yaml: 1048577 bytes, more than the 1048576 that are read',
    );
  });

  test('brackets without end are refused at once', () => {
    expect(refused(`a: ${'['.repeat(100_000)}`)).toMatch(
      /^\/config\.yaml:1:1: this is no YAML: nested too deeply/,
    );
  });
});

test('what is said of a broken config shows no secret of the line', () => {
  const said = ['password: gull: tern', 'lamp: dim\npassword: "gull', 'password: |gull'].map(refused);
  for (const message of said) expect(message).not.toMatch(/gull|tern/);
  expect(said[0]).toContain('\npassword: **********\n');
});
