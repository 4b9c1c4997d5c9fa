import { expect, test } from 'vitest';
import { rootWith } from '../../../../../test/root-with.ts';
import { readRecordedArguments } from './recorded-arguments.ts';

const RECORD = '/opt/mesosphere/etc/expanded.config.json';

test('each argument is an input from its place in the record', () => {
  const host = rootWith({ [RECORD]: '{\n  "cluster_name":"lamp",\n  "number":3,\n  "quorum":"2"\n}\n' });
  const recorded = readRecordedArguments(host);
  if (recorded === undefined || 'fault' in recorded) throw new Error('not read');
  expect([...recorded.values].map(([name, text]) => [name, text.slices.map(({ origin }) => origin)])).toEqual(
    [
      [
        'cluster_name',
        [{ kind: 'input', name: 'cluster_name', place: { file: RECORD, line: 2, column: 19 } }],
      ],
      ['quorum', [{ kind: 'input', name: 'quorum', place: { file: RECORD, line: 4, column: 13 } }]],
    ],
  );
});

test('the full record goes before the one without secrets', () => {
  const full = RECORD.replace('.json', '.full.json');
  const host = rootWith({ [RECORD]: '{"a":"1"}', [full]: '{"a":"1","password":"2"}' });
  expect(readRecordedArguments(host)).toMatchObject({ file: full });
});

test('a node of 1.7 has none', () => {
  expect(readRecordedArguments(rootWith({ '/opt/mesosphere/etc/mesos-master': '' }))).toBeUndefined();
});

test('a broken record is told by its place', () => {
  expect(readRecordedArguments(rootWith({ [RECORD]: '{\n  "a": b\n}' }))).toEqual({
    fault: `${RECORD}:2:8: a value should stand here, not 'b'`,
  });
  expect(readRecordedArguments(rootWith({ [RECORD]: '[]' }))).toEqual({ fault: `${RECORD}: no JSON object` });
});
