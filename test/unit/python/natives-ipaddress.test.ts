import { type Arbitrary, array, constantFrom, integer, oneof, record, sample, string } from 'fast-check';
import { expect, test } from 'vitest';
import { differences, literal, pythonWith } from './natives-against-cpython.ts';

const version = pythonWith([]);
const SOURCE = 'import ipaddress\nimport socket';

const octet = oneof(
  integer({ min: 0, max: 260 }).map(String),
  constantFrom('01', '', 'a', '-1', '1000', ' 1', '٣'),
);
const ipv4 = oneof(
  array(integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.')),
  array(octet, { minLength: 2, maxLength: 5 }).map((parts) => parts.join('.')),
);
const group = oneof(
  constantFrom('0', '0', '', 'ffff', '1', 'fe80', '0db8', '12345', 'g'),
  integer({ min: 0, max: 0xffff }).map((value) => value.toString(16)),
);
const ipv6 = oneof(
  array(
    oneof(
      constantFrom('0', '0', '1'),
      integer({ min: 0, max: 0xffff }).map((value) => value.toString(16)),
    ),
    {
      minLength: 8,
      maxLength: 8,
    },
  ).map((groups) => groups.join(':')),
  array(group, { minLength: 1, maxLength: 10 }).map((groups) => groups.join(':')),
  record({ before: array(group, { maxLength: 4 }), after: array(group, { maxLength: 4 }) }).map(
    ({ before, after }) => `${before.join(':')}::${after.join(':')}`,
  ),
  record({ groups: array(group, { maxLength: 6 }), tail: ipv4 }).map(
    ({ groups, tail }) => `${groups.join(':')}:${tail}`,
  ),
);
const address = oneof(ipv4, ipv6, string({ unit: constantFrom('1', '.', ':', 'a', '/'), maxLength: 6 }));
const mask = oneof(
  integer({ min: 0, max: 130 }).map(String),
  constantFrom('', '255.255.0.0', '0.0.255.255', '255.0.255.0', '-1', '8 ', 'x', '08', '0.0.0.0'),
);
const network: Arbitrary<string> = oneof(
  record({ address, mask }).map(({ address, mask }) => `${address}/${mask}`),
  record({ address: ipv4, mask: integer({ min: 0, max: 32 }) }).map(
    ({ address, mask }) => `${address}/${mask}`,
  ),
  record({ address: ipv6, mask: integer({ min: 0, max: 128 }) }).map(
    ({ address, mask }) => `${address}/${mask}`,
  ),
  address,
);

const forms = (a: string, b: string, n: string, m: string): string[] => [
  `repr(ipaddress.ip_address(${a}))`,
  `[ipaddress.ip_address(${a}).exploded, ipaddress.ip_address(${a}).version, int(ipaddress.ip_address(${a}))]`,
  `ipaddress.IPv4Address(${a})`,
  `ipaddress.IPv6Address(${a}).exploded`,
  `ipaddress.ip_address(${a}) == ipaddress.ip_address(${b}) or ipaddress.ip_address(${a}) < ipaddress.ip_address(${b})`,
  `repr(ipaddress.ip_network(${n}))`,
  `repr(ipaddress.ip_network(${n}, strict=False))`,
  `ipaddress.IPv4Network(${n}, False)`,
  `ipaddress.IPv6Network(${n}, False).exploded`,
  `[str(part) for part in (lambda x: (x.netmask, x.hostmask, x.broadcast_address, x.num_addresses, x.prefixlen))(ipaddress.ip_network(${n}, False))]`,
  `ipaddress.ip_network(${n}, False).overlaps(ipaddress.ip_network(${m}, False))`,
  `ipaddress.ip_network(${n}, False).subnet_of(ipaddress.ip_network(${m}, False))`,
  `ipaddress.ip_address(${a}) in ipaddress.ip_network(${n}, False)`,
  `isinstance(ipaddress.ip_network(${n}), ipaddress.IPv4Network)`,
  `ipaddress.ip_network(${n}, False).supernet(2)`,
  `list(map(str, ipaddress.ip_network(${n}, False).subnets(2)))`,
  `socket.inet_pton(socket.AF_INET, ${a})`,
  `socket.inet_pton(socket.AF_INET6, ${a})`,
];

test.skipIf(version === undefined)(
  `addresses and networks are read, shown and refused as by Python ${version}`,
  () => {
    const seed = Date.now() % 2 ** 31;
    const inputs = sample(record({ a: address, b: address, n: network, m: network }), { numRuns: 25, seed });
    const expressions = inputs.flatMap(({ a, b, n, m }) =>
      forms(literal(a), literal(b), literal(n), literal(m)),
    );
    expect({ seed, differences: differences(SOURCE, expressions).slice(0, 3) }).toEqual({
      seed,
      differences: [],
    });
  },
);

test.skipIf(version === undefined)('the hosts of small networks, and addresses made of numbers', () => {
  const expressions = [
    ...[24, 29, 30, 31, 32].map(
      (bits) => `[str(host) for host in ipaddress.ip_network('10.0.0.0/${bits}').hosts()][-3:]`,
    ),
    ...[124, 126, 127, 128].map((bits) => `list(map(str, ipaddress.ip_network('fd01::/${bits}').hosts()))`),
    'repr(ipaddress.ip_address(2**32))',
    'repr(ipaddress.ip_address(-1))',
    'ipaddress.IPv4Address(2**32)',
    "ipaddress.ip_address('10.0.0.1') + 5",
    "ipaddress.ip_network(('10.0.0.0', 8)).with_netmask",
    "sorted([ipaddress.ip_address('10.0.0.9'), ipaddress.ip_address('10.0.0.10')])[0]",
    "'{:>12}'.format(ipaddress.ip_address('10.0.0.9'))",
    "len({ipaddress.ip_address('::1'), ipaddress.ip_address('0::1')})",
    "ipaddress.ip_network('10.0.0.0/30')[2]",
    "ipaddress.ip_network('10.0.0.0/30')[4]",
    "ipaddress.ip_address(b'\\x01\\x02\\x03\\x04')",
    "ipaddress.ip_address('1.2.3.4').packed",
    'ipaddress.ip_network(None)',
    'ipaddress.ip_network(7)',
    'ipaddress.ip_network([1])',
  ];
  expect(differences(SOURCE, expressions)).toEqual([]);
});
