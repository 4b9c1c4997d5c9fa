import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { explained } from '../../mutants/explained.ts';
import { findMutants } from '../../mutants/find-mutants.ts';
import { missingDeeds } from '../../mutants/missing-deeds.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sync = findMutants(root, 'sync');
const inverse = findMutants(root, 'inverse');

test('a sync is taken out where it stands', () => {
  const file = 'src/engine/exchange-file.ts';
  const [mutant] = sync.filter((each) => each.file === file);
  expect(mutant).toMatchObject({ text: 'machine.files.sync(dirname(path))', how: 'removed' });
  const source = readFileSync(`${root}/${file}`, 'utf8');
  expect(mutant?.mutated).toBe(source.replace('machine.files.sync(dirname(path));', 'undefined;'));
});

test('the calls that syncs are made of are mutants too', () => {
  const own = sync.filter(({ file }) => file.endsWith('durable-files.ts')).map(({ text }) => text);
  expect(own).toContain("withFile(path, 'r', fsyncSync)");
  expect(own).toContain("coreutils(directory, 'sync', ['--file-system', '--', directory])");
  expect(own).toContain('fsyncSync(descriptor)');
});

test('every kind of step that has an inverse loses it once', () => {
  const files = inverse
    .filter(({ how }) => how === 'no inverse')
    .map(({ file }) => file.slice('src/plan/steps/'.length));
  expect(new Set(files)).toEqual(
    new Set([
      'file-remove.ts',
      'file-replace.ts',
      'file-write.ts',
      'guard.ts',
      'state-snapshot.ts',
      'trial-start.ts',
      'unit-steps.ts',
    ]),
  );
});

test('what is explained is there to be explained', () => {
  const all = [...sync, ...inverse, ...findMutants(root, 'any')];
  for (const { file, how, text } of explained)
    expect(all, `${file} ${how}: ${text}`).toContainEqual(expect.objectContaining({ file, how, text }));
});

test('where a deed is missing the one that stands in its place is told', () => {
  const whole = ['write a', 'sync a', 'write b', 'sync b'];
  expect(missingDeeds(whole, ['write a', 'write b', 'sync b'])).toEqual([2]);
  expect(missingDeeds(whole, ['write a', 'write b'])).toEqual([2, 3]);
  expect(missingDeeds(whole, whole)).toEqual([]);
  expect(missingDeeds(whole, ['write b', 'write a'])).toBeUndefined();
  const named = 'sync /journal/20161115-101112-345-0a1b2c/records.jsonl';
  expect(missingDeeds([named], [named.replace('2016', '2017')])).toEqual([]);
});
