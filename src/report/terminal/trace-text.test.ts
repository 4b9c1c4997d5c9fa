import { expect, test } from 'vitest';
import { LAMP_ENV, lampGenerator } from '../../../test/lamp-generator.ts';
import { rootWith } from '../../../test/root-with.ts';
import { systemdSaying } from '../../../test/systemd-saying.ts';
import { Subject } from '../../graph/subject.ts';
import { traceSetting } from '../../trace/trace-setting.ts';
import { traceText } from './trace-text.ts';

const UNIT = '/usr/lib/systemd/system/lighthouse.service';
const FILES = {
  [UNIT]: [
    '[Service]',
    'Environment=LAMP=dim KEEPER_PASSWORD=gull',
    'EnvironmentFile=/etc/default/lighthouse',
    'EnvironmentFile=-/etc/lighthouse/own.env',
    'ExecStart=/usr/bin/lamp $LAMP',
    '',
  ].join('\n'),
  '/etc/default/lighthouse': '# brightness\nLAMP=bright\n',
};

function textOf(setting: string): string {
  const subject = new Subject(rootWith(FILES), 'lighthouse', { knowledge: [] });
  return traceText({ colour: false, width: 100 }, traceSetting(subject, setting, { showSecrets: false }));
}

test('a variable, as a person reads it', () => {
  expect(textOf('LAMP')).toMatchInlineSnapshot(`
    "LAMP = bright

      layers, lowest first, by the line of /usr/lib/systemd/system/lighthouse.service that brings each
        :2                            sets it to dim, is overridden
      ▸ :3 /etc/default/lighthouse:2  sets it, wins
        :4 /etc/lighthouse/own.env    absent, optional; your override wins here

      where your own value would win, best first
        /etc/lighthouse/own.env
          absent, optional; read after the one that wins; no package is known to own it
        /etc/systemd/system/lighthouse.service.d/90-cutover.conf
          a drop-in with EnvironmentFile= of its own (Environment= would lose to the environment files)
        /etc/default/lighthouse
          sets it today; no package is known to own it; the service does not start without it

      where it would not win, or not last
        /etc/systemd/system/lighthouse.service.d/override.conf
          Environment= there loses to every environment file: /etc/default/lighthouse:2 sets it
        /usr/lib/systemd/system/lighthouse.service
          Environment= there loses to /etc/default/lighthouse:2; and the file belongs to a package,
          replaced when that is upgraded
        systemctl set-environment LAMP=…
          loses to /etc/default/lighthouse:2, and is gone after a reboot

      not examined: who writes /etc/default/lighthouse: no package is known to own it, and nothing on
      this host was found that writes it
    "
  `);
});

test('a secret, as a person reads it', () => {
  expect(textOf('KEEPER_PASSWORD')).toMatchInlineSnapshot(`
    "KEEPER_PASSWORD = (secret; --show-secrets shows it)

      layers, lowest first, by the line of /usr/lib/systemd/system/lighthouse.service that brings each
      ▸ :2                          sets it, wins
        :3 /etc/default/lighthouse  does not set it
        :4 /etc/lighthouse/own.env  absent, optional; your override wins here

      where your own value would win, best first
        /etc/lighthouse/own.env
          absent, optional; read after the one that wins; no package is known to own it
        /etc/systemd/system/lighthouse.service.d/90-cutover.conf
          a drop-in with Environment=; no environment file sets the variable
        /etc/default/lighthouse
          read after the one that wins; no package is known to own it; the service does not start
          without it

      where it would not win, or not last
        /usr/lib/systemd/system/lighthouse.service
          Environment= there would win, but the file belongs to a package, replaced when that is
          upgraded
        systemctl set-environment KEEPER_PASSWORD=…
          loses to /usr/lib/systemd/system/lighthouse.service:2, and is gone after a reboot

    "
  `);
});

test('signs beyond ASCII are left out where the locale has none', () => {
  const subject = new Subject(rootWith(FILES), 'lighthouse', { knowledge: [] });
  const trace = traceSetting(subject, 'LAMP', { showSecrets: false });
  const text = traceText({ colour: false, width: 100, ascii: true }, trace);
  expect(text).toContain('  > :3 /etc/default/lighthouse:2  sets it, wins');
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
});

test('a value that a generator made: the way, the pieces, what its config can set', () => {
  const files = { ...FILES, [UNIT]: '[Service]\nEnvironmentFile=/etc/lamp.env\n', '/etc/lamp.env': LAMP_ENV };
  const subject = new Subject(rootWith(files), 'lighthouse', { knowledge: [lampGenerator] });
  const text = (setting: string): string =>
    traceText({ colour: false, width: 80 }, traceSetting(subject, setting, { showSecrets: false }));
  expect(text('LAMP')).toMatchInlineSnapshot(`
    "LAMP = dim,red

      layers, lowest first, by the line of
      /usr/lib/systemd/system/lighthouse.service that brings each
      ▸ :2 /etc/lamp.env:1  sets it, wins

      made by, in /opt/lamp
        gen/lamp.yaml:5:12  {{ lamp }}
        gen/calc.py:9:12    lamp: ','.join([DIM, RED])  (must)
        gen/calc.py:2:1     DIM = 'dim'

      the value, piece by piece
        gen/calc.py:2:9   'dim'
        gen/calc.py:9:12  ','
        gen/calc.py:3:9   'red'

      where your own value would win, best first
        /etc/systemd/system/lighthouse.service.d/90-cutover.conf
          a drop-in with EnvironmentFile= of its own (Environment= would lose to the
          environment files)
        /etc/lamp.env
          sets it today; no package is known to own it; the service does not start
          without it

      where it would not win, or not last
        lamp-config.yaml
          lamp: must
        /etc/systemd/system/lighthouse.service.d/override.conf
          Environment= there loses to every environment file: /etc/lamp.env:1 sets
          it
        /usr/lib/systemd/system/lighthouse.service
          Environment= there loses to /etc/lamp.env:1; and the file belongs to a
          package, replaced when that is upgraded
        and 1 more (--json has all)

      re-rendered from its sources, the file is identical
      keeper was recovered from the file
    "
  `);
  expect(text('KEEPER')).toContain(
    "    this file itself  'Ida'  keeper, given to the generator; recovered from here\n",
  );
  expect(text('KEEPER_KEY')).not.toContain('gull');
  expect(text('HARBOUR')).toContain('gen/lamp.yaml:8:1  {% case "sea" %}  (shore is "sea")\n');
});

test('a piece that is not known says why', () => {
  const files = { ...FILES, [UNIT]: '[Service]\nEnvironment=SEA=sea-%b\n' };
  const subject = new Subject(rootWith(files), 'lighthouse', { knowledge: [] });
  const text = traceText({ colour: false, width: 80 }, traceSetting(subject, 'SEA', { showSecrets: false }));
  expect(text).toContain("      '%b'  unknown: specifier %b is known to the running system alone\n");
});

test('who writes a file at run time, and what does not work', () => {
  const subject = new Subject(rootWith(FILES), 'lighthouse', { knowledge: [] });
  const trace = traceSetting(subject, 'LAMP', { showSecrets: false });
  const via = { file: UNIT, line: 4 };
  const writers = [{ program: '/usr/bin/dimmer', via, unit: 'lighthouse.service', why: 'it names the file' }];
  const futileOverrides = [{ file: '/etc/environment', why: 'read for logins' }];
  const text = traceText({ colour: false, width: 80 }, { ...trace, overrides: [], futileOverrides, writers });
  expect(text.slice(text.indexOf('  written'))).toMatchInlineSnapshot(`
    "  written at run time by
        /usr/bin/dimmer
          run by lighthouse.service (/usr/lib/systemd/system/lighthouse.service:4);
          it names the file

      where it would not win, or not last
        /etc/environment
          read for logins

      not examined: who writes /etc/default/lighthouse: no package is known to own
      it, and nothing on this host was found that writes it
    "
  `);
});

test('of thousands of layers the first, the last and the one that wins', () => {
  const subject = new Subject(rootWith(FILES), 'lighthouse', { knowledge: [] });
  const trace = traceSetting(subject, 'LAMP', { showSecrets: false });
  const none = { operation: 'none' as const, wins: false, optional: true };
  const many = Array.from({ length: 3000 }, (_, index) => ({
    ...none,
    file: `/etc/lamp.d/${index}`,
    via: { file: UNIT, line: index + 10 },
    wins: index === 1500,
  }));
  const lines = traceText({ colour: false, width: 80 }, { ...trace, layers: many, overrides: [] }).split(
    '\n',
  );
  expect(lines.filter((line) => line.includes('/etc/lamp.d/'))).toHaveLength(21);
  expect(lines.some((line) => line.startsWith('  ▸ :1510 /etc/lamp.d/1500'))).toBe(true);
  expect(lines).toContain('    and 2979 more between them (--json has all)');
});

test('what runs, where it is something else, with the reason and what to type', () => {
  const subject = new Subject(rootWith(FILES), 'lighthouse', { knowledge: [] });
  const says = systemdSaying({
    files: [UNIT, '/run/gone.conf'],
    properties: { Nice: '5', Restart: 'no' },
    environment: { LAMP: 'dark' },
  });
  const closing = (setting: string): string | undefined =>
    traceText(
      { colour: false, width: undefined },
      traceSetting(subject, setting, { showSecrets: false, says }),
    )
      .split('\n')
      .find((line) => line.includes('the running'));
  expect(closing('Nice')).toBe(
    '  the running systemd has 5: systemd still has what was in /run/gone.conf, which is gone (next: systemctl daemon-reload && systemctl restart lighthouse.service)',
  );
  expect(closing('LAMP')).toBe(
    '  the running process has dark: systemd still has what was in /run/gone.conf, which is gone (next: systemctl daemon-reload && systemctl restart lighthouse.service)',
  );
  expect(closing('Restart')).toBe('  the running systemd has this value');
});
