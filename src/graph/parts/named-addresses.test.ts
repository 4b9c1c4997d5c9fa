import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { Subject } from '../subject.ts';
import { namedAddressesPart } from './named-addresses.ts';

function named(service: string): string[] {
  const host = rootWith({ '/etc/systemd/system/lamp.service': `[Service]\n${service}` });
  const { edges } = namedAddressesPart(new Subject(host, 'lamp', { knowledge: [] }));
  return edges.map(({ from, to, label }) =>
    [from, to, label].filter((word) => word !== undefined).join(' | '),
  );
}

test('hosts of URLs, and never who logs in there', () => {
  expect(
    named(
      'ExecStart=/usr/bin/lamp --to https://oil.example/x file:///etc/lamp\nEnvironment=MASTER=zk://a:2181,b:2181/m DB=postgres://keeper:secret@[2001:db8::1]:5432/db\nEnvironment=PLAIN=oil.example:80 SOCK=unix:///run/lamp\n',
    ),
  ).toEqual([
    'setting:MASTER | host:a:2181',
    'setting:MASTER | host:b:2181',
    'setting:DB | host:[2001:db8::1]:5432',
    'setting:PLAIN | host:oil.example:80',
    'service:lamp.service | host:oil.example | ExecStart',
  ]);
});

test('lists of hosts with their ports, and one that can be nothing else; not where it listens', () => {
  expect(
    named(
      'ExecStart=/usr/bin/lamp --to a:9092,b:9092 --from=east.example:1,[2001:db8::1]:2 x,y:1 1:2,3:4 user:1000 --bind-to tower.example:80 --listen=a:1,b:2\nEnvironment=BROKERS=192.0.2.1:80 TIME=12:30:59 MAP=a:b,c:1 LISTEN_ON=a.example:80\n',
    ),
  ).toEqual([
    'setting:BROKERS | host:192.0.2.1:80',
    'service:lamp.service | host:a:9092 | ExecStart',
    'service:lamp.service | host:b:9092 | ExecStart',
    'service:lamp.service | host:east.example:1 | ExecStart',
    'service:lamp.service | host:[2001:db8::1]:2 | ExecStart',
  ]);
});

test('a URL to listen at is a port as well', () => {
  expect(named('ExecStart=/usr/bin/lamp --listen tcp://[::]:82\n')).toEqual([
    'service:lamp.service | host:[::]:82 | ExecStart',
    'service:lamp.service | port:[::]:82 | --listen',
  ]);
});

test('ports that arguments have it listen on', () => {
  expect(
    named(
      'ExecStart=/usr/bin/lamp --port 7000 --http-port=7001 -port 7002 --web.listen-address=:9100 --bind 127.0.0.1:80 --bind-address [::1]:81 --report 5 --port auto --port 0 -p 5 -p 22 -p 6380 -p /srv --listen 8083\nExecReload=/usr/bin/lamp --port 9\n',
    ).map((line) => line.replace('service:lamp.service | ', '')),
  ).toEqual([
    'port:7000 | --port',
    'port:7001 | --http-port',
    'port:7002 | -port',
    'port:9100 | --web.listen-address',
    'port:127.0.0.1:80 | --bind',
    'port:[::1]:81 | --bind-address',
    'port:22 | -p',
    'port:6380 | -p',
    'port:8083 | --listen',
  ]);
});
