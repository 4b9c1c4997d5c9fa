import { expect, test } from 'vitest';
import { parseMountinfo } from '../formats/mountinfo/parse-mountinfo.ts';
import { namesInMounts } from './names-in-mounts.ts';

const OURS = `22 1 254:0 / / rw - ext4 /dev/vda rw
30 22 254:16 /oil /srv rw - ext4 /dev/vdb rw
`;
const ours = parseMountinfo(OURS);

test.each([
  ['the same mounts', '', '/home/lamp/wick', ['/home/lamp/wick']],
  [
    'a bind',
    '40 22 254:0 /home/lamp /srv/x ro - ext4 /dev/vda rw',
    '/home/lamp/wick',
    ['/home/lamp/wick', '/srv/x/wick'],
  ],
  [
    'a bind of the file itself',
    '40 22 254:0 /home/lamp/wick /x ro - ext4 /dev/vda rw',
    '/home/lamp/wick',
    ['/home/lamp/wick', '/x'],
  ],
  [
    'a bind of what is mounted',
    '40 22 254:16 /oil/can /x ro - ext4 /dev/vdb rw',
    '/srv/can/1',
    ['/srv/can/1', '/x/1'],
  ],
  ['hidden by what lies over it', '40 22 0:50 / /home rw - tmpfs tmpfs rw', '/home/lamp/wick', []],
  [
    'a bind over another file of that name',
    '40 22 254:0 /etc /home/lamp ro - ext4 /dev/vda rw',
    '/home/lamp/wick',
    [],
  ],
])('%s', (_, line, path, names) => {
  expect(namesInMounts(path, ours, parseMountinfo(`${OURS}${line}\n`))).toEqual(names);
});

test('where no mounts are known, its own name', () => {
  expect(namesInMounts('/a', [], ours)).toEqual(['/a']);
});
