import { expect, test } from 'vitest';
import { LAMP_ENV, lampGenerator } from '../../../test/lamp-generator.ts';
import { rootWith } from '../../../test/root-with.ts';
import { KnownHost } from '../../graph/known-host.ts';
import type { FileAddress } from '../../trace/file/parse-file-address.ts';
import { traceFile } from '../../trace/file/trace-file.ts';
import { fileTraceText } from './file-trace-text.ts';

const UNIT = '/usr/lib/systemd/system/lamp.service';
const FILES = {
  [UNIT]: '[Service]\nEnvironmentFile=/etc/lamp.env\nExecStart=/bin/lamp -c /etc/lamp.conf\n',
  '/etc/lamp.env': LAMP_ENV,
  '/etc/lamp.conf': 'bright\n',
  '/etc/systemd/system.conf.d/zz.conf': '[Manager]\nDefaultEnvironment=OIL=whale\n',
};

function textOf(asked: FileAddress): string {
  const known = new KnownHost(rootWith(FILES), { knowledge: [lampGenerator] });
  return fileTraceText({ colour: false, width: 80 }, traceFile(known, asked, { showSecrets: false }));
}

test('a generated file, as a person reads it', () => {
  expect(textOf({ path: '/etc/lamp.env' })).toMatchInlineSnapshot(`
    "/etc/lamp.env

      made by  gen/lamp.yaml:3:11
      mode     0644
      read by  lamp.service, for its environment,
               /usr/lib/systemd/system/lamp.service:2

      arguments that went into it; other lines stand so in the template, in
      /opt/lamp
        line 1  lamp  set at gen/calc.py:9:12 (must)
        line 2  keeper  given in lamp-config.yaml
        line 3  keeper_key  set at gen/secrets.py:1:8
        line 4  there because shore is "sea"

      where your own value would win, best first
        lamp-config.yaml
          for all machines: keeper (nothing else sets it); keeper_key (default);
          then the files must be generated anew, and what they are packed in
          activated on every machine

      where it would not win, or not last
        /etc/lamp.env
          it is generated
        lamp-config.yaml
          lamp: must

      in lamp-config.yaml: keeper, keeper_key can be set; lamp cannot be set
      re-rendered from its sources, the file is identical
      keeper was recovered from the file
    "
  `);
});

test('a line of it', () => {
  expect(textOf({ path: '/etc/lamp.env', line: 1 })).toMatchInlineSnapshot(`
    "/etc/lamp.env:1
      LAMP=dim,red

      made by   gen/lamp.yaml:3:11
      mode      0644
      read by   lamp.service, for its environment,
                /usr/lib/systemd/system/lamp.service:2
      variable  LAMP
                lamp.service gets this value

      made by, in /opt/lamp
        gen/lamp.yaml:5:12  {{ lamp }}
        gen/calc.py:9:12    lamp: ','.join([DIM, RED])  (must)
        gen/calc.py:2:1     DIM = 'dim'

      the line, piece by piece
        gen/lamp.yaml:5:7  'LAMP='
        gen/calc.py:2:9    'dim'
        gen/calc.py:9:12   ','
        gen/calc.py:3:9    'red'

      where it would not win, or not last
        /etc/lamp.env
          it is generated
        lamp-config.yaml
          lamp: must

      re-rendered from its sources, the file is identical
      keeper was recovered from the file
    "
  `);
});

test('one character of it', () => {
  expect(textOf({ path: '/etc/lamp.env', line: 1, column: 7 })).toMatchInlineSnapshot(`
    "/etc/lamp.env:1:7
      LAMP=dim,red
           ^^^

      made by   gen/lamp.yaml:3:11
      mode      0644
      read by   lamp.service, for its environment,
                /usr/lib/systemd/system/lamp.service:2
      variable  LAMP
                lamp.service gets this value

      made by, in /opt/lamp
        gen/lamp.yaml:5:12  {{ lamp }}
        gen/calc.py:9:12    lamp: ','.join([DIM, RED])  (must)
        gen/calc.py:2:1     DIM = 'dim'

      written
        gen/calc.py:2:9  'dim'

      where it would not win, or not last
        /etc/lamp.env
          it is generated
        lamp-config.yaml
          lamp: must

      re-rendered from its sources, the file is identical
      keeper was recovered from the file
    "
  `);
});

test('what the operator gave', () => {
  expect(textOf({ path: '/etc/lamp.env', line: 2, column: 9 })).toMatchInlineSnapshot(`
    "/etc/lamp.env:2:9
      KEEPER=Ida
             ^^^

      made by   gen/lamp.yaml:3:11
      mode      0644
      read by   lamp.service, for its environment,
                /usr/lib/systemd/system/lamp.service:2
      variable  KEEPER
                lamp.service gets this value

      made by, in /opt/lamp
        gen/lamp.yaml:6:12  {{ keeper }}

      written
        this file itself  'Ida'  keeper, given to the generator; recovered from here

      where your own value would win, best first
        lamp-config.yaml
          for all machines: keeper (nothing else sets it); then the files must be
          generated anew, and what they are packed in activated on every machine

      where it would not win, or not last
        /etc/lamp.env
          it is generated

      re-rendered from its sources, the file is identical
      keeper was recovered from the file
    "
  `);
});

test('a secret', () => {
  expect(textOf({ path: '/etc/lamp.env', line: 3 })).toMatchInlineSnapshot(`
    "/etc/lamp.env:3
      (not shown: it holds a secret; --show-secrets shows it)

      made by   gen/lamp.yaml:3:11
      mode      0644
      read by   lamp.service, for its environment,
                /usr/lib/systemd/system/lamp.service:2
      variable  KEEPER_KEY = (secret; --show-secrets shows it)
                lamp.service gets this value

      the line, piece by piece, in /opt/lamp
        gen/lamp.yaml:7:1   'KEEPER_KEY='
        gen/secrets.py:1:8  '(secret)'

      where your own value would win, best first
        lamp-config.yaml
          for all machines: keeper_key (default); then the files must be generated
          anew, and what they are packed in activated on every machine

      where it would not win, or not last
        /etc/lamp.env
          it is generated

      re-rendered from its sources, the file is identical
      keeper was recovered from the file
    "
  `);
});

test('a line of a unit', () => {
  expect(textOf({ path: UNIT, line: 2 })).toMatchInlineSnapshot(`
    "/usr/lib/systemd/system/lamp.service:2
      EnvironmentFile=/etc/lamp.env

      made by    nothing that is known here: no generator writes it
      mode       0644
      read by    lamp.service, as its unit file
      directive  EnvironmentFile in [Service]
                 lamp.service gets this value
    "
  `);
});

test('a file that a service names, which nothing generated', () => {
  expect(textOf({ path: '/etc/lamp.conf', line: 1 })).toMatchInlineSnapshot(`
    "/etc/lamp.conf:1
      (not shown: no generator made the file, and no unit reads it as its own)

      made by  nothing that is known here: no generator writes it
      mode     0644
      read by  lamp.service names it, /usr/lib/systemd/system/lamp.service:3
    "
  `);
});

test("a line of the manager's own configuration", () => {
  expect(textOf({ path: '/etc/systemd/system.conf.d/zz.conf', line: 2 })).toContain(
    'the system manager (init.scope), for every service',
  );
});
