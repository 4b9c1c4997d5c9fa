import { expect, test } from 'vitest';
import { readUnitFacts } from './machine/show-unit.ts';
import { readQuotedList } from './quoted-list.ts';

// As systemctl of systemd 252.39 printed it of drop-ins with these names.
const SHOWN = String.raw`"/etc/systemd/system/u6@a\\x2db.service.d/\$x.conf" "/etc/systemd/system/u6@a\\x2db.service.d/i conf \"q.conf" /etc/systemd/system/u6@.service.d/é.conf`;
const PATHS = [
  String.raw`/etc/systemd/system/u6@a\x2db.service.d/$x.conf`,
  String.raw`/etc/systemd/system/u6@a\x2db.service.d/i conf "q.conf`,
  '/etc/systemd/system/u6@.service.d/é.conf',
];

test('drop-ins whose names are escaped, or have blanks and quotes', () => {
  expect(readQuotedList(SHOWN)).toEqual(PATHS);
  expect(readUnitFacts(`DropInPaths=${SHOWN}\n`).dropInPaths).toEqual(PATHS);
});

test('an empty list, and a control character', () => {
  expect(readQuotedList('')).toEqual([]);
  expect(readQuotedList(String.raw`"a\tb" "c\033d"`)).toEqual(['a\tb', 'c\u001bd']);
});
