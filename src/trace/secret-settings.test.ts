import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { Subject } from '../graph/subject.ts';
import { traceAll, traceSetting } from './trace-setting.ts';

const UNITS = '/usr/lib/systemd/system';
const FILES = {
  [`${UNITS}/lamp.service`]: [
    '[Service]',
    'Environment="KEEPER_PASSWORD=gull and tern" LAMP=dim',
    'EnvironmentFile=/etc/lamp.env',
    'ExecStartPre=/bin/wick',
    'ExecStart=/bin/lamp --token gull',
    'SetCredential=lamp:gull',
    '',
  ].join('\n'),
  [`${UNITS}/lamp.service.d/later.conf`]: '[Service]\nExecStart=\nExecStart=/bin/lamp --dim\n',
  '/etc/lamp.env':
    'OPTIONS=--password=gull -x\nKEY="-----BEGIN PRIVATE KEY-----\ngull\n-----END PRIVATE KEY-----"\n',
};
const OPTIONS = { showSecrets: false };
const subject = (): Subject => new Subject(rootWith(FILES), 'lamp.service', { knowledge: [] });

test('no setting of a service shows a secret, nor a layer that gave it one before', () => {
  expect(JSON.stringify(traceAll(subject(), OPTIONS))).not.toMatch(/gull|tern/);
  expect(JSON.stringify(traceAll(subject(), { showSecrets: true }))).toMatch(/gull and tern/);
});

test('a command without a secret is shown beside one that has it', () => {
  expect(traceSetting(subject(), 'ExecStart', OPTIONS)).toMatchObject({ value: '/bin/lamp --dim' });
  expect(traceSetting(subject(), 'ExecStartPre', OPTIONS)).toMatchObject({ value: '/bin/wick' });
});
