import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortName } from './short-name.ts';

test.each([
  ['_ZN7process10subprocessERKSsSt6vectorISsSaISsEE', 'process::subprocess(…)'],
  ['_ZNK5mesos10Parameters9parameterEv', 'mesos::Parameters::parameter(…)'],
  ['_ZN5mesos10ParametersC1Ev', 'mesos::Parameters::Parameters(…)'],
  ['_ZN5mesos4HookD2Ev', 'mesos::Hook::~Hook(…)'],
  ['_ZTVN5mesos4HookE', 'virtual table of mesos::Hook'],
  ['_ZTI4Lamp', 'type of Lamp'],
  ['_ZN5mesos14libraryVersionE', 'mesos::libraryVersion'],
  ['_Z4blowi', 'blow(…)'],
])('%s is %s', (symbol, name) => {
  expect(shortName(symbol)).toBe(name);
});

test.each([
  'pthread_create',
  'org_apache_mesos_LogrotateContainerLogger',
  '_ZNSt6vectorIiSaIiEE9push_backEOi',
  '_ZN999lampEv',
  '_Z',
  '',
])('%j is left as it is', (symbol) => {
  expect(shortName(symbol)).toBe(symbol);
});

test('qualified names of any words come back', () => {
  const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      const nested = words.map((part) => `${part.length}${part}`).join('');
      expect(shortName(`_ZN${nested}Ei`)).toBe(`${words.join('::')}(…)`);
    }),
  );
});
