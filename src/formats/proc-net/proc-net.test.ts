import { expect, test } from 'vitest';
import { parseInternetSockets } from './parse-internet-sockets.ts';
import { parseNetlinkSockets } from './parse-netlink-sockets.ts';
import { parseUnixSockets } from './parse-unix-sockets.ts';

const HEADER =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const rest = (inode: number) =>
  `00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0`;
const endsOf = (text: string) =>
  parseInternetSockets(text).map(
    ({ local, remote, state, inode }) =>
      `${local.address}|${local.port} ${remote.address}|${remote.port} ${state} ${inode}`,
  );

test('TCP sockets of version 4', () => {
  expect(
    endsOf(
      `${HEADER}   0: 0100007F:1538 00000000:0000 0A ${rest(4711)}\n   1: 0A00A8C0:D431 0101A8C0:0035 01 ${rest(4712)}\n`,
    ),
  ).toEqual(['127.0.0.1|5432 0.0.0.0|0 10 4711', '192.168.0.10|54321 192.168.1.1|53 1 4712']);
});

test.each([
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000001000000', '::1'],
  ['000080FE00000000FF565002BD69B1FE', 'fe80::250:56ff:feb1:69bd'],
  ['B80D0120000000000100000000000001', '2001:db8::1:100:0'],
  ['0000000000000000FFFF00000A00A8C0', '192.168.0.10'],
  ['B80D01200100000001000000020001AA', '2001:db8:0:1:0:1:aa01:2'],
])('an address of version 6: %s is %s', (hex, address) => {
  const [socket] = parseInternetSockets(`0: ${hex}:0016 ${'0'.repeat(32)}:0000 0A ${rest(1)}`);
  expect(socket?.local).toEqual({ address, port: 22 });
});

test('UNIX sockets with a name, and whether they take what comes', () => {
  const text = `Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 101 /run/lamp horn.sock
0000000000000000: 00000002 00000000 00000000 0002 01 102 @/lamp
0000000000000000: 00000003 00000000 00000000 0001 03 103 /run/lamp horn.sock
0000000000000000: 00000003 00000000 00000000 0001 03 104
`;
  expect(parseUnixSockets(text)).toEqual([
    { inode: '101', name: '/run/lamp horn.sock', type: 'stream', isListening: true },
    { inode: '102', name: '@/lamp', type: 'datagram', isListening: true },
    { inode: '103', name: '/run/lamp horn.sock', type: 'stream', isListening: false },
  ]);
});

test('netlink sockets', () => {
  const text = `sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode
0000000000000000 0   201        00000551 0        0        0     2        0        7
0000000000000000 99  0          00000000 0        0        0     2        0        8
`;
  expect(parseNetlinkSockets(text)).toEqual([
    { inode: '7', family: 'route' },
    { inode: '8', family: '99' },
  ]);
});
