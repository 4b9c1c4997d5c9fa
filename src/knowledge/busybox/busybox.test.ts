import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addLoader, type Graph, graphWith, reportBetween } from '../../../test/plugin-findings.ts';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, program } from '../../../test/small-elf.ts';
import { busybox } from './busybox.ts';

function lampOf(command: string): Graph {
  const host = rootWith({ '/etc/systemd/system/lamp.service': `[Service]\nExecStart=/opt/${command}\n` });
  addLoader(host.root);
  for (const name of ['lamp', 'busybox'])
    program(
      join(host.root, 'opt', name),
      'const char *names[] = { "[", "-f", "httpd", "syslogd" }; extern "C" void _start() { for (;;) names[0] = names[1]; }',
    );
  return graphWith(host, 'lamp', busybox);
}

const said = (today: Graph, tomorrow: Graph): string[] =>
  reportBetween(today, tomorrow)
    .findings.filter(({ id }) => id === 'busybox-applet')
    .map(({ severity, subject, reason }) => `${severity} ${subject}: ${reason}`);

test.runIf(hasCompiler)('an applet that the BusyBox of tomorrow does not have', () => {
  const reason = '/opt/busybox has no applet of this name: it ends with 127, "applet not found".';
  expect(said(lampOf('lamp'), lampOf('busybox crond -f'))).toEqual([`blocker crond: ${reason}`]);
  expect(said(lampOf('busybox httpd'), lampOf('busybox -f'))).toEqual([`blocker -f: ${reason}`]);
});

test.runIf(hasCompiler)('one that it has, and a program that only knows the name', () => {
  expect(said(lampOf('lamp'), lampOf('busybox syslogd -n'))).toEqual([]);
  expect(said(lampOf('busybox httpd'), lampOf('lamp crond'))).toEqual([]);
});
