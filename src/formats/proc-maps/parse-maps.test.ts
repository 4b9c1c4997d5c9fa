import { expect, test } from 'vitest';
import { parseMaps } from './parse-maps.ts';

const MAPS = `55d0c0a00000-55d0c0a02000 r--p 00000000 fe:01 1201 /usr/sbin/lamp
55d0c0a02000-55d0c0a06000 r-xp 00002000 fe:01 1201 /usr/sbin/lamp
7f10a0000000-7f10a0021000 rw-p 00000000 00:00 0
7f10a4400000-7f10a4428000 r-xp 00000000 fe:01 77 /usr/lib/libwick.so.1 (deleted)
7f10a4500000-7f10a4501000 r--p 00000000 fe:01 78 /var/lib/lamp/a (deleted) file
7f10a4600000-7f10a4601000 rw-s 00000000 00:01 2057 /memfd:lamp (deleted)
7f10a4700000-7f10a4701000 rw-s 00000000 00:01 9 /dev/zero (deleted)
7f10a4800000-7f10a4801000 r-xp 00000000 103:10002 5 /opt/a\\012b
7ffd1c5f0000-7ffd1c611000 rw-p 00000000 00:00 0 [stack]
`;

test('the files of a process, each once', () => {
  expect(parseMaps(MAPS)).toEqual([
    { path: '/usr/sbin/lamp', device: [0xfe, 1], inode: '1201', deleted: false, executable: true },
    { path: '/usr/lib/libwick.so.1', device: [0xfe, 1], inode: '77', deleted: true, executable: true },
    {
      path: '/var/lib/lamp/a (deleted) file',
      device: [0xfe, 1],
      inode: '78',
      deleted: false,
      executable: false,
    },
    { path: '/opt/a\nb', device: [0x103, 0x10002], inode: '5', deleted: false, executable: true },
  ]);
});
