import { expect, test } from 'vitest';
import { commandsThatName } from './command-mentions.ts';

const SERVICES = new Set(['lamp', 'lamp.service', 'lamp@east']);
const PROCESSES = new Set(['lampd']);

function commandsIn(text: string): string[] {
  return commandsThatName(text, SERVICES, PROCESSES).map(({ text: command }) => command);
}

test.each([
  ['0 4 * * * root systemctl restart lamp', ['systemctl restart lamp']],
  [
    '/bin/systemctl --no-block reload-or-restart oil.service lamp.service >/dev/null',
    ['systemctl reload-or-restart lamp.service'],
  ],
  ['systemctl kill -s HUP lamp@east', ['systemctl kill lamp@east']],
  ["    subprocess.run(['systemctl', 'stop', 'lamp'], check=True)", ['systemctl stop lamp']],
  ['DPkg::Post-Invoke {"systemctl try-restart lamp || true";};', ['systemctl try-restart lamp']],
  [
    '%ops ALL=(root) NOPASSWD: /usr/bin/systemctl restart oil, /usr/bin/systemctl restart lamp',
    ['systemctl restart lamp'],
  ],
  ["deb-systemd-invoke stop 'lamp.service'", ['deb-systemd-invoke stop lamp.service']],
  ['service lamp force-reload', ['service lamp force-reload']],
  ['\tinvoke-rc.d --quiet lamp rotate >/dev/null 2>&1', ['invoke-rc.d lamp rotate']],
  ['/etc/init.d/lamp restart; service lamp status', ['/etc/init.d/lamp restart', 'service lamp status']],
  ['pkill -HUP -x lampd', ['pkill lampd']],
  ['systemctl restart \\\n  oil \\\n  lamp\n', ['systemctl restart lamp']],
])('%j', (text, commands) => {
  expect(commandsIn(text)).toEqual(commands);
});

test.each([
  'systemctl restart oil; echo lamp',
  'systemctl restart oil\nlamp',
  'systemctl restart lamplight lamp-oil my-lamp lamp@west',
  'systemctl list-units | grep lamp',
  'systemctl lamp',
  '# systemctl restart lamp',
  '; systemctl restart lamp',
  'true # systemctl restart lamp',
  'service oil lamp',
  'the lamp service of the tower',
  '/etc/init.d/lamplight start',
  'pkill lamp',
  'mysystemctl restart lamp',
])('nothing of it in %j', (text) => {
  expect(commandsIn(text)).toEqual([]);
});
