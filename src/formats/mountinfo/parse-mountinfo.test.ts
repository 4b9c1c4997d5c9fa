import { expect, test } from 'vitest';
import { parseMountinfo } from './parse-mountinfo.ts';

test('mount points with their file systems, behind optional fields or none, escapes put in', () => {
  const text = `22 1 254:0 / / rw,relatime shared:1 master:2 - ext4 /dev/vda rw
30 22 0:27 /oil\\040can /mnt/a\\040b\\134 rw - tmpfs tmpfs rw,size=4k
a line of something else
`;
  expect(parseMountinfo(text)).toEqual([
    { path: '/', root: '/', device: '254:0', type: 'ext4' },
    { path: '/mnt/a b\\', root: '/oil can', device: '0:27', type: 'tmpfs' },
  ]);
});
