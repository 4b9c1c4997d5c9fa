import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import type { Finding } from '../../documents/check-report.ts';
import { buildGraph } from '../../graph/build-graph.ts';
import type { Graph } from '../../graph/graph.ts';
import { Subject } from '../../graph/subject.ts';
import type { GenericCheck } from '../generic-check.ts';
import { daemonisingCheck } from './daemonising.ts';
import { hardeningCheck } from './hardening.ts';
import { librariesChangedCheck } from './libraries-changed.ts';
import { optionsCheck } from './options.ts';
import { readinessCheck } from './readiness.ts';

const UNIT = '/usr/lib/systemd/system/lighthouse.service';
const PLAIN = 'extern "C" void _start() {}';
/** A program that has these texts. */
const knowing = (...texts: readonly string[]): string =>
  `${PLAIN} extern const char* const names[]; const char* const names[] = {${texts.map((text) => `"${text}"`).join(', ')}};`;

interface Lamp {
  readonly unit?: string;
  readonly args?: string;
  readonly source?: string;
  readonly flags?: readonly string[];
  /** The source of the liblight.so that it needs. */
  readonly light?: string;
  /** Where it lies; default /opt/lamp. */
  readonly home?: string;
  readonly name?: string;
}

function graph({
  unit = '',
  args = '',
  source = PLAIN,
  flags = [],
  light,
  home = 'opt/lamp',
  name = 'lamp',
}: Lamp): Graph {
  const host = rootWith({ [UNIT]: `[Service]\n${unit}\nExecStart=/${home}/bin/${name} ${args}\n` });
  const needed = join(host.root, `${home}/lib/liblight.so`);
  if (light !== undefined) library(needed, light);
  program(
    join(host.root, `${home}/bin/${name}`),
    source,
    ...flags,
    ...(light === undefined ? [] : ['-Wl,--no-as-needed', needed]),
  );
  return buildGraph(new Subject(host, 'lighthouse', { knowledge: [] }));
}

function findings(check: GenericCheck, today: Lamp, tomorrow: Lamp): Omit<Finding, 'id'>[] {
  const run = check.run(graph(today), graph(tomorrow));
  if ('couldNotRun' in run) throw new Error(run.couldNotRun);
  return [...run.findings];
}

const said = (of: readonly Omit<Finding, 'id'>[]): string[] =>
  of.map(({ severity, subject }) => `${severity} ${subject}`);

describe.skipIf(!hasCompiler)('another program', () => {
  describe('that puts itself into the background', () => {
    const DAEMON = 'extern "C" int daemon(int, int); extern "C" void _start() { daemon(0, 0); }';
    const FORKS =
      'extern "C" int fork(); extern "C" int setsid(); extern "C" void _start() { fork(); setsid(); }';
    const away = { source: DAEMON, flags: ['-Wl,--unresolved-symbols=ignore-all', '-shared', '-fPIC'] };

    test('an option to stay, or Type=forking, that is gone', () => {
      const found = findings(daemonisingCheck, { ...away, args: '-D' }, { ...away, args: '' });
      expect(found.map(({ severity, reason }) => `${severity}: ${reason}`)).toEqual([
        'warning: It can put itself into the background, and -D, which today has, is gone: with Type=simple systemd would take the service for ended when the first process ends.',
      ]);
      const forking = { ...away, unit: 'Type=forking' };
      expect(said(findings(daemonisingCheck, forking, away))).toEqual(['warning /opt/lamp/bin/lamp']);
    });

    test('another program that can, where the one of today can not', () => {
      const other = { ...away, source: FORKS, home: 'srv/lamp' };
      expect(said(findings(daemonisingCheck, {}, other))).toEqual(['note /srv/lamp/bin/lamp']);
    });

    test.each<[string, Lamp, Lamp]>([
      ['it is asked to stay', {}, { ...away, args: '--foreground' }],
      ['the unit is of Type=forking', {}, { ...away, unit: 'Type=forking' }],
      ['today has no such option either', away, away],
      ['it can not', { ...away, args: '-D' }, { args: '' }],
      ['it forks and stays in its session', {}, { ...away, source: FORKS.replaceAll('setsid', 'getsid') }],
    ])('nothing when %s', (_, today, tomorrow) => {
      expect(said(findings(daemonisingCheck, today, tomorrow))).toEqual([]);
    });
  });

  describe('whose habit is known', () => {
    const all = (today: Lamp, tomorrow: Lamp): string[] =>
      findings(daemonisingCheck, today, tomorrow).map(
        ({ severity, subject, reason, remedy }) => `${severity}: ${subject}: ${reason} ${remedy}`,
      );
    const forking = 'Type=forking';

    test('it leaves where the first process is the service', () => {
      expect(all({}, { name: 'cron' })).toEqual([
        'blocker: /opt/lamp/bin/cron: It puts itself into the background (cron(8); unless -f is given). With Type=simple systemd takes the service for ended when the first process ends. Give it -f, or write Type=forking in a drop-in.',
      ]);
      expect(all({}, { name: 'haproxy', args: '-D', unit: 'Type=exec' })).toEqual([
        'blocker: /opt/lamp/bin/haproxy: It puts itself into the background (haproxy(1); -D asks it to). With Type=exec systemd takes the service for ended when the first process ends. Take -D out of the command, or write Type=forking in a drop-in.',
      ]);
    });

    test('it stays where systemd waits for the first process to end', () => {
      expect(all({ unit: forking }, { name: 'beanstalkd', unit: forking })).toEqual([
        'blocker: /opt/lamp/bin/beanstalkd: It stays in the foreground (beanstalkd(1); nothing can ask it not to). With Type=forking systemd waits for the first process to end, and stops it after TimeoutStartSec=. Write Type=exec in a drop-in.',
      ]);
      expect(all({ unit: forking }, { name: 'sshd', args: '-D', unit: forking })).toHaveLength(1);
    });

    test('its configuration may say otherwise', () => {
      expect(all({}, { name: 'stunnel4' })).toEqual([
        'warning: /opt/lamp/bin/stunnel4: It puts itself into the background (stunnel4(8); unless its configuration says "foreground = yes"). With Type=simple systemd takes the service for ended when the first process ends. Write "foreground = yes" into its configuration, or write Type=forking in a drop-in.',
      ]);
    });

    test.each<[string, Lamp, Lamp]>([
      ['it stays with Type=simple', {}, { name: 'memcached' }],
      ['it leaves with Type=forking', {}, { name: 'cron', unit: forking }],
      ['it tells systemd itself', {}, { name: 'cron', unit: 'Type=notify' }],
      ['the service runs so today', { name: 'cron' }, { name: 'cron', home: 'srv/lamp' }],
    ])('nothing when %s', (_, today, tomorrow) => {
      expect(all(today, tomorrow)).toEqual([]);
    });
  });

  test('an option and a variable that it does not know', () => {
    const unit = 'Environment=LAMP_COLOUR=red LAMP_SIZE=3';
    const args = '--bright=1 --slow -- --never';
    const today = { unit, args, source: knowing('bright', 'slow', 'LAMP_COLOUR', 'LAMP_SIZE') };
    expect(
      said(findings(optionsCheck, today, { unit, args, source: knowing('slow', 'LAMP_SIZE', 'bright-2') })),
    ).toEqual(['warning --bright', 'warning LAMP_COLOUR']);
  });

  test('names that are found again, at the end of longer ones too, and those that today has not either', () => {
    const unit = 'Environment=LAMP_COLOUR=red';
    const today = { unit, args: '--bright --odd', source: knowing('bright', 'LAMP_COLOUR') };
    const tomorrow = { unit, args: '--bright --odd', source: knowing('no-bright', 'LAMP_COLOUR', 'x') };
    expect(findings(optionsCheck, today, tomorrow)).toEqual([]);
  });

  describe.skipIf(process.arch !== 'x64')('that looks for its options with getopt(3)', () => {
    const light = 'extern "C" int getopt(int, char* const*, const char*) { return -1; }';
    const looking = (letters: string): Lamp => ({
      light,
      source: `extern "C" int getopt(int, char**, const char*); extern "C" void _start() { getopt(0, 0, "${letters}"); }`,
    });

    test('one that it does not know, and one that lacks its argument', () => {
      const tomorrow = { ...looking('vo:'), args: '-vx --odd -o' };
      expect(findings(optionsCheck, { args: '-vx' }, tomorrow)).toEqual([
        {
          severity: 'blocker',
          subject: '-x',
          reason: '/opt/lamp/bin/lamp does not know this option: most programs end there with their usage.',
          evidence: [{ file: UNIT, line: 3, column: 1 }, { how: 'the options in its code: -v -o' }],
          remedy: 'Take -x out of the command, or give what does the same (its documentation, or --help).',
        },
        expect.objectContaining({ subject: '--odd' }),
        expect.objectContaining({
          subject: '-o',
          reason:
            '/opt/lamp/bin/lamp wants an argument with this option: most programs end there with their usage.',
        }),
      ]);
    });

    test('those that it knows, and those that are refused today as well', () => {
      const tomorrow = { ...looking('vo:'), args: '-vofull -- -x' };
      expect(findings(optionsCheck, {}, tomorrow)).toEqual([]);
      expect(
        findings(optionsCheck, { ...looking('v'), args: '-x' }, { ...looking('vw'), args: '-x' }),
      ).toEqual([]);
    });

    test('the same program with another command', () => {
      const today = { ...looking('vo:'), args: '-v' };
      expect(said(findings(optionsCheck, today, { ...today, args: '-v -x' }))).toEqual(['blocker -x']);
      expect(findings(optionsCheck, today, { ...today, args: '-o full' })).toEqual([]);
    });
  });

  test('one that never tells systemd that it is ready', () => {
    const today = { unit: 'Type=notify', source: knowing('NOTIFY_SOCKET') };
    expect(findings(readinessCheck, today, { unit: 'Type=notify', source: knowing('x') })).toMatchObject([
      { severity: 'blocker', subject: '/opt/lamp/bin/lamp', evidence: [{ file: UNIT, line: 2 }, {}] },
    ]);
  });

  test('one that does, one that nobody waits for, and one as silent as today', () => {
    const notify = { unit: 'Type=notify', source: knowing('NOTIFY_SOCKET') };
    expect(
      findings(readinessCheck, notify, { unit: 'Type=notify', source: knowing('x', 'NOTIFY_SOCKET') }),
    ).toEqual([]);
    expect(findings(readinessCheck, notify, { unit: 'Type=exec', source: knowing('x') })).toEqual([]);
    const elsewhere = { unit: 'Type=exec\n[Unit]\nType=notify', source: knowing('x') };
    expect(findings(readinessCheck, notify, elsewhere)).toEqual([]);
    expect(
      findings(readinessCheck, { unit: 'Type=notify' }, { unit: 'Type=notify', source: knowing('x') }),
    ).toEqual([]);
  });

  test('one that is built with less defence', () => {
    const light = 'int light;';
    const today = { light, flags: ['-fPIE', '-pie', '-Wl,-z,relro,-z,now'] };
    const tomorrow = { light, flags: ['-no-pie', '-Wl,-z,norelro,-z,lazy'], source: knowing('x') };
    const before = said(findings(hardeningCheck, today, tomorrow));
    expect(before).toContain('warning PIE of /opt/lamp/bin/lamp');
    expect(before).toContain('warning BIND_NOW of /opt/lamp/bin/lamp');
    expect(findings(hardeningCheck, tomorrow, today)).toEqual([]);
    expect(findings(hardeningCheck, today, { ...today, source: knowing('x') })).toEqual([]);
  });

  test('a static one is not blamed for what can not be seen in it', () => {
    const GUARDED =
      'extern "C" void __stack_chk_fail(); extern "C" void __lamp_chk(); extern "C" void _start() { __stack_chk_fail(); __lamp_chk(); }';
    const flags = ['-fPIE', '-pie', '-Wl,-z,relro,-z,now'];
    const light = 'extern "C" void __stack_chk_fail() {} extern "C" void __lamp_chk() {}';
    const today = { light, flags, source: GUARDED };
    expect(said(findings(hardeningCheck, today, { flags: ['-static'], source: knowing('x') }))).toEqual([
      'warning PIE of /opt/lamp/bin/lamp',
    ]);
    expect(said(findings(hardeningCheck, today, { ...today, source: knowing('x') }))).toEqual([
      'warning Stack canary of /opt/lamp/bin/lamp',
      'warning Fortify of /opt/lamp/bin/lamp',
    ]);
  });

  test('a library that is another file with a function less', () => {
    const today = { light: 'extern "C" int shine() { return 1; } extern "C" int blink() { return 2; }' };
    const tomorrow = { light: 'extern "C" int shine() { return 1; }', home: 'srv/lamp' };
    expect(findings(librariesChangedCheck, today, tomorrow)).toMatchObject([
      {
        severity: 'note',
        subject: 'liblight.so',
        reason:
          'It is /srv/lamp/lib/liblight.so tomorrow and /opt/lamp/lib/liblight.so today. Gone from it: blink.',
      },
    ]);
    expect(findings(librariesChangedCheck, today, today)).toEqual([]);
  });
});
