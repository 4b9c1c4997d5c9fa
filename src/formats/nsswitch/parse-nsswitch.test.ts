import { expect, test } from 'vitest';
import { parseNsswitch } from './parse-nsswitch.ts';

test('services with their places, actions and comments left out, of two lines the last', () => {
  const text = `# passwd: nothing
passwd:         files systemd
hosts:files mdns4_minimal [NOTFOUND=return] dns # the rest
 group :	files[SUCCESS=merge]systemd
hosts: lamp [NOTFOUND=return
no line
netgroup:
`;
  expect(parseNsswitch(text)).toEqual([
    {
      database: 'passwd',
      services: [
        { name: 'files', line: 2, column: 17 },
        { name: 'systemd', line: 2, column: 23 },
      ],
    },
    { database: 'hosts', services: [{ name: 'lamp', line: 5, column: 8 }] },
    {
      database: 'group',
      services: [
        { name: 'files', line: 4, column: 10 },
        { name: 'systemd', line: 4, column: 30 },
      ],
    },
    { database: 'netgroup', services: [] },
  ]);
});
