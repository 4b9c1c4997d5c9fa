import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addLoader, graphWith } from '../../../test/plugin-findings.ts';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, program } from '../../../test/small-elf.ts';
import { cron } from './cron.ts';
import { readCrontab } from './crontab.ts';

test('the lines of a crontab: settings, times by name, what the program reads, and what cron refuses', () => {
  const refused: number[] = [];
  const text = `# a comment
MAILTO=keeper
 NAME = "two words"
*/5 0-6 1,15 * mon-fri keeper /usr/bin/lamp --at\\%noon%read this
@reboot root lamp on
@fortnightly root lamp off
1 2 3 root
`;
  const jobs = readCrontab('/etc/cron.d/lamp', text, undefined, ({ line }) => refused.push(line));
  expect(jobs.map(({ user, command, place }) => `${place.line}:${place.column} ${user}: ${command}`)).toEqual(
    ['4:31 keeper: /usr/bin/lamp --at%noon', '5:14 root: lamp on'],
  );
  expect([...(jobs[0]?.environment ?? [])]).toEqual([
    ['MAILTO', 'keeper'],
    ['NAME', 'two words'],
  ]);
  expect(refused).toEqual([6, 7]);
});

/** cron takes the files of root alone. */
const isRoot = process.getuid?.() === 0;

describe.runIf(hasCompiler && isRoot)('cron', () => {
  test('starts what its crontabs name, found along their own PATH', () => {
    const host = rootWith({
      '/usr/lib/systemd/system/cron.service': '[Service]\nExecStart=/usr/sbin/cron -f\n',
      '/etc/crontab':
        'PATH=/opt:/usr/bin\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n5 4 * * * keeper [ -x /usr/bin/lamp ] || nice -n 5 lamp >/dev/null; test -x lamp\n',
      '/etc/cron.d/horn': '@daily root lamp\n',
      '/etc/cron.d/horn.disabled': '@daily root /bin/never\n',
      '/etc/cron.d/open': { text: '@daily root /bin/open\n', mode: 0o666 },
      '/var/spool/cron/crontabs/keeper': '0 0 * * * /home/keeper/backup "$HOME"\n',
      '/etc/cron.hourly/oil': { text: '#!/bin/sh\n', mode: 0o755 },
      '/etc/cron.hourly/oil.old': { text: '#!/bin/sh\n', mode: 0o755 },
      '/opt/lamp': { text: '#!/bin/sh\n', mode: 0o755 },
      '/usr/bin/run-parts': { text: '#!/bin/sh\n', mode: 0o755 },
    });
    addLoader(host.root);
    program(join(host.root, 'usr/sbin/cron'), 'extern "C" void _start() { for (;;); }');
    const { edges, notExamined } = graphWith(host, 'cron', cron);
    const started = edges
      .filter(({ kind, label }) => kind === 'starts' && label !== 'ExecStart')
      .map(
        ({ to, label, evidence }) =>
          `${to} ${label} ${'line' in evidence ? `${evidence.file}:${evidence.line}` : ''}`,
      );
    expect(started).toEqual([
      'program:/usr/bin/run-parts crontab, as root /etc/crontab:2',
      'program:/etc/cron.hourly/oil crontab, as root, by run-parts /etc/crontab:2',
      'program:/opt/lamp crontab, as keeper /etc/crontab:3',
      'program:lamp crontab, as root /etc/cron.d/horn:1',
      'program:/home/keeper/backup crontab, as keeper /var/spool/cron/crontabs/keeper:1',
      'program:/bin/sh #! /usr/bin/run-parts:1',
      'program:/bin/sh #! /etc/cron.hourly/oil:1',
      'program:/bin/sh #! /opt/lamp:1',
    ]);
    expect(notExamined).toContain('/etc/cron.d/horn.disabled: cron passes over a file with such a name');
    expect(notExamined).toContain('/etc/cron.d/open: cron refuses a file that others than root may write');
    expect(edges).toContainEqual({
      from: 'service:cron.service',
      to: 'directory:/var/spool/cron/crontabs',
      kind: 'keeps-state-in',
      label: 'crontab -e',
      evidence: { how: 'built into cron' },
    });
  });
});
