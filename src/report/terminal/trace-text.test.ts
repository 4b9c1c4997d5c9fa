import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
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
  expect(textOf('LAMP')).toBe(
    `LAMP = bright

  layers, lowest first, by the line of ${UNIT} that brings each
    :2                            sets it to dim, is overridden
  ▸ :3 /etc/default/lighthouse:2  sets it, wins
    :4 /etc/lighthouse/own.env    absent, optional; your override wins here

  where your own value would win, best first
    /etc/lighthouse/own.env  absent; read after the one that wins
    /etc/systemd/system/lighthouse.service.d/90-cutover.conf
                             a drop-in with EnvironmentFile= of its own (Environment= would lose to
                             the environment files)

`,
  );
});

test('a secret, as a person reads it', () => {
  expect(textOf('KEEPER_PASSWORD')).toBe(
    `KEEPER_PASSWORD = (secret; --show-secrets shows it)

  layers, lowest first, by the line of ${UNIT} that brings each
  ▸ :2                          sets it, wins
    :3 /etc/default/lighthouse  does not set it
    :4 /etc/lighthouse/own.env  absent, optional; your override wins here

  where your own value would win, best first
    /etc/lighthouse/own.env  absent; read after the one that wins
    /etc/systemd/system/lighthouse.service.d/90-cutover.conf
                             a drop-in with Environment=; no environment file sets the variable

`,
  );
});
