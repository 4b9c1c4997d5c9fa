import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { whyNot } from '../../trace/why-not/why-not.ts';
import { whyNotText } from './why-not-text.ts';

const OWN = '/etc/systemd/system/lamp.service.d/own.conf';
const FILES = {
  '/usr/lib/systemd/system/lamp.service': '[Service]\nExecStart=/bin/lamp\nEnvironment=LAMP=unit\n',
  [OWN]: '[Service]\nEnviroment=LAMP=own\nNice=5\nNice=6\n',
  '/etc/systemd/system/lamp.d/own.conf': '[Service]\nNice=7\n',
};

function text(path: string, line?: number): string {
  const answer = whyNot(
    rootWith(FILES),
    'lamp',
    { path, ...(line === undefined ? {} : { line }) },
    { showSecrets: false },
  );
  return whyNotText({ colour: false, width: 90 }, answer);
}

test('one line: the reason, what decides, what to type', () => {
  expect(text(OWN, 3)).toBe(`${OWN}:3 has no effect on lamp.service
  Nice=5

  why:   overridden by Nice=6, which is read later
  by:    ${OWN}:4
  next:  Change ${OWN}:4, or write the line in a drop-in whose name sorts later, then: systemctl daemon-reload

  not examined: whether a running systemd and process have it: this is a root directory
`);
});

test('a file: how many of its lines, then each that sets something', () => {
  expect(text(OWN)).toBe(`${OWN}: 2 of 3 lines have no effect on lamp.service

no  :2  Enviroment=LAMP=own
      why:   systemd knows no Enviroment= and ignores it; Environment= is meant?
      next:  Write Environment=, then: systemctl daemon-reload

no  :3  Nice=5
      why:   overridden by Nice=6, which is read later
      by:    ${OWN}:4
      next:  Change ${OWN}:4, or write the line in a drop-in whose name sorts later, then: systemctl daemon-reload

ok  :4  Nice=6
      why:   Nice is 6

  not examined: whether a running systemd and process have it: this is a root directory
`);
});

test('a file that systemd does not read', () => {
  expect(
    text('/etc/systemd/system/lamp.d/own.conf'),
  ).toBe(`/etc/systemd/system/lamp.d/own.conf has no effect on lamp.service

  why:   the drop-ins of lamp.service are in lamp.service.d: the name of the directory has
         the whole name of the unit
  next:  mkdir -p /etc/systemd/system/lamp.service.d && mv /etc/systemd/system/lamp.d/own.conf /etc/systemd/system/lamp.service.d/ && systemctl daemon-reload

  not examined: whether a running systemd and process have it: this is a root directory
`);
});

test('bytes that would drive the terminal are shown, not sent', () => {
  const host = rootWith({ ...FILES, [OWN]: '[Service]\nNice=\u001b[31m\n' });
  const answer = whyNot(host, 'lamp', { path: OWN }, { showSecrets: false });
  expect(whyNotText({ colour: false, width: undefined }, answer)).not.toContain('\u001b');
});
