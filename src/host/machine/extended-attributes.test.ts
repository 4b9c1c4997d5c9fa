import { expect, test } from 'vitest';
import { parseAttributes } from './extended-attributes.ts';

test('blocks of paths and attributes, sorted, with escapes read', () => {
  const dump = `# file: /var/lib/lantern/meta/form
user.oil=0x7768616c65
security.capability=0x0100000200200000000000000000000000000000

# file: /var/lib/lantern/meta/line\\012break\\134
user.empty

`;
  expect([...parseAttributes(dump)]).toEqual([
    [
      '/var/lib/lantern/meta/form',
      { 'security.capability': '0x0100000200200000000000000000000000000000', 'user.oil': '0x7768616c65' },
    ],
    ['/var/lib/lantern/meta/line\nbreak\\', { 'user.empty': '' }],
  ]);
  expect([...parseAttributes('')]).toEqual([]);
});
