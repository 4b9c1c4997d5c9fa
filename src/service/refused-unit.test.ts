import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { EffectiveProperties } from './directives/effective-property.ts';
import { loadUnit } from './load-unit.ts';
import { type RefusedUnit, refusedUnit } from './refused-unit.ts';

const UNIT = '/etc/systemd/system/lamp.service';

function refused(text: string): RefusedUnit | undefined {
  const host = rootWith({ [UNIT]: text });
  const unit = loadUnit(host, 'lamp');
  return refusedUnit(unit, new EffectiveProperties(host, unit, () => undefined));
}

test('an ExecStart= in a section that is none leaves the service without a command', () => {
  expect(refused('[Service]\n[]\nExecStart=/usr/bin/lamp\n')).toEqual({
    reason: 'lamp.service has no ExecStart=, so systemd refuses it',
    place: { file: UNIT, line: 3, column: 1 },
    next: 'Write ExecStart= with a command below [Service], then: systemctl daemon-reload',
  });
});

/** Source: service_verify() in src/core/service.c of systemd 252. */
test.each([
  ['[Unit]\nDescription=dark\n', true],
  ['[Service]\nRemainAfterExit=yes\n', true],
  ['[Service]\nExecStop=/usr/bin/dark\n', true],
  ['[Service]\nExecStop=/usr/bin/dark\nRemainAfterExit=yes\n', false],
  ['[Unit]\nSuccessAction=none\n[Service]\nType=oneshot\n', true],
  ['[Unit]\nSuccessAction=reboot\n[Service]\nType=oneshot\n', false],
  ['[Service]\nExecStart=/usr/bin/lamp\nExecStart=/usr/bin/lamp\n', true],
])('a service of %j is refused: %s', (text, isRefused) => {
  expect(refused(text) !== undefined).toBe(isRefused);
});
