import { expect, test } from 'vitest';
import { LAMP_ENV, lampGenerator } from '../../../test/lamp-generator.ts';
import { rootWith } from '../../../test/root-with.ts';
import { Subject } from '../../graph/subject.ts';
import { traceAll } from '../../trace/trace-setting.ts';
import { hostServiceText, hostSummaryText } from './host-trace-text.ts';
import { traceTable } from './trace-table.ts';

const UNIT = '/usr/lib/systemd/system/lamp.service';
const FILES = {
  [UNIT]: [
    '[Service]',
    'Environment=LAMP=off A_PASSWORD=tern EMPTY=',
    'EnvironmentFile=/etc/lamp.env',
    'EnvironmentFile=-/etc/default/lamp',
    'UnsetEnvironment=HARBOUR',
    'ExecStart=/bin/lamp --with a-long-command-line --that does-not-fit --in one-line --of eighty-columns',
    'Restart=no',
    '',
  ].join('\n'),
  '/etc/lamp.env': LAMP_ENV,
  '/etc/systemd/system/lamp.service.d/again.conf': '[Service]\nRestart=always\n',
};

const screen = { colour: false, width: 80 };

function list() {
  const subject = new Subject(rootWith(FILES), 'lamp', { knowledge: [lampGenerator] });
  return { ...traceAll(subject, { showSecrets: false, detail: 'table' }), aliases: ['beacon.service'] };
}

test('all settings of a service, under the file that each comes from', () => {
  expect(traceTable(screen, list())).toMatchInlineSnapshot(`
    "lamp.service (also beacon.service): 7 variables, 4 directives

      systemd's own
        line  setting           value
              PATH              /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:
                                /sbin:/bin

      /usr/lib/systemd/system/lamp.service
        line  setting           value
           2  A_PASSWORD        (secret; --show-secrets shows it)
           2  EMPTY             (empty)
           3  EnvironmentFile   /etc/lamp.env
           4  EnvironmentFile   -/etc/default/lamp
           5  UnsetEnvironment  HARBOUR
           6  ExecStart         /bin/lamp --with a-long-command-line --that 
                                does-not-fit --in one-line --of eighty-columns

      /etc/systemd/system/lamp.service.d/again.conf
        line  setting           value
           2  Restart           always
                                  wins over /usr/lib/systemd/system/lamp.service:7

      /etc/lamp.env, brought by lamp.service:3; made by gen/lamp.yaml, identical to
      what its sources give
        line  made at  setting           value
           1        5  LAMP              dim,red
                                           from lamp, gen/calc.py:9
                                           wins over
                                           /usr/lib/systemd/system/lamp.service:2
           2        6  KEEPER            Ida
                                           from keeper, given in lamp-config.yaml
           3           KEEPER_KEY        (secret; --show-secrets shows it)
                                           from keeper_key, gen/secrets.py:1

      without a value
        line  setting           value
              HARBOUR           (not set)
                                  unset by /usr/lib/systemd/system/lamp.service:5

      gen/ is in /opt/lamp
    "
  `);
});

test('no line is longer than the screen', () => {
  for (const width of [80, 100, 132]) {
    for (const line of traceTable({ colour: false, width }, list()).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(width);
    }
  }
});

test('one setting of many services', () => {
  const { service, traces } = list();
  const lamp = traces.filter(({ setting }) => setting === 'LAMP');
  expect(hostServiceText(screen, { service, aliases: [], traces: lamp }, ['LAMP'])).toMatchInlineSnapshot(`
    "lamp.service                        dim,red
                                          /etc/lamp.env:1
    "
  `);
});

test('the end: what was not read, and how much was', () => {
  const notRead = [
    {
      unit: 'gong.service',
      reason: '/usr/lib/systemd/system/gong.service:2:1: EnvironmentFile=/etc/gong does not exist',
    },
    { unit: 'bell.service', reason: '/usr/lib/systemd/system/bell.service:1:1: bell.service is masked' },
  ];
  expect(
    hostSummaryText(screen, { services: 2, settings: 1, notRead, templates: ['flag@.service'] }),
  ).toMatchInlineSnapshot(`
    "not read:
      gong.service  /usr/lib/systemd/system/gong.service:2:1:
                    EnvironmentFile=/etc/gong does not exist
    masked, never started: bell.service
    templates without an instance, ask for one such as flag@NAME.service:
    flag@.service
    2 services, 1 setting; 2 not read
    "
  `);
});
