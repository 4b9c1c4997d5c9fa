import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { showPlace } from '../../text/place.ts';
import { addressFinder } from './address-mentions.ts';
import { findMentions } from './find-mentions.ts';

const FILES = {
  '/etc/hostname': 'tower\n',
  '/etc/horn.conf':
    'backend = tcp://127.0.0.1:7001/x\n# localhost:7001\n  ; tower:7001\nfar = 192.0.2.1:7001\nnear=127.0.0.1:70011\nx 7001\n',
  '/etc/bell.yaml':
    'lamp_port: "7001"\nport: 17001\nother: tower:7001 # port 7001\nPORT=7001\nreports 7001\n',
  '/usr/lib/systemd/system/horn.service':
    '[Service]\nEnvironment=LAMP=localhost:7001\nEnvironmentFile=-/opt/horn.env\nExecStart=/usr/bin/horn unix:/run/lamp.sock\n',
  '/opt/horn.env': 'LAMP_URL=http://[::1]:7001/x\n',
  '/etc/lamp.conf': 'listen 127.0.0.1:7001\n',
};

function mentionsOf(...ports: readonly string[]): string[] {
  const wanted = { units: [], processes: [], files: [], directories: [], ports };
  const { mentions } = findMentions(rootWith(FILES), wanted, new Set(['/etc/lamp.conf']), []);
  return mentions.map(({ target, place }) => `${target} ${showPlace(place)}`);
}

test('a port of every address: by a name of this machine, and behind the word', () => {
  expect(mentionsOf('7001')).toEqual([
    '7001 /usr/lib/systemd/system/horn.service:2:28',
    '7001 /etc/bell.yaml:1:13',
    '7001 /etc/bell.yaml:3:14',
    '7001 /etc/bell.yaml:4:6',
    '7001 /etc/horn.conf:1:27',
    '7001 /opt/horn.env:1:23',
  ]);
});

test('a port of every address of both versions is found by either', () => {
  expect(new Set(mentionsOf('7001', '[::]:7001').map((line) => line.replace('[::]:', '')))).toEqual(
    new Set(mentionsOf('7001')),
  );
});

test('a port of one address', () => {
  expect(mentionsOf('192.0.2.1:7001').filter((line) => !line.includes('bell'))).toEqual([
    '192.0.2.1:7001 /etc/horn.conf:4:17',
  ]);
  expect(mentionsOf('70')).toEqual([]);
});

test('127.0.0.1 is not [::1]: localhost and every address reach both', () => {
  const texts = ['127.0.0.1:7001', '[::1]:7001', 'localhost:7001', '0.0.0.0:7001', '[::]:7001', 'tower:7001'];
  const found = (address: string): string[] => {
    const find = addressFinder(rootWith(FILES), [address]);
    return texts.filter((text) => find(text).length > 0);
  };
  expect(found('127.0.0.1:7001')).toEqual(['127.0.0.1:7001', 'localhost:7001', '0.0.0.0:7001', '[::]:7001']);
  expect(found('[::1]:7001')).toEqual(['[::1]:7001', 'localhost:7001', '0.0.0.0:7001', '[::]:7001']);
  expect(found('localhost:7001')).toEqual(texts.slice(0, 5));
  expect(found('0.0.0.0:7001')).toEqual(texts);
});
