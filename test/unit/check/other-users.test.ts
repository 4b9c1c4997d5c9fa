// What a change takes from others: libraries replaced for everybody, files that other units read.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkForeseen } from '../../../src/cli/check-foreseen.ts';
import { foresee } from '../../../src/cli/foresee.ts';
import type { Finding } from '../../../src/documents/check-report.ts';
import { parseSpec } from '../../../src/plan/parse-spec.ts';
import { rootWith } from '../../root-with.ts';
import { hasCompiler, library, program } from '../../small-elf.ts';

const OIL = '/usr/lib/liboil.so';
const UNIT = (name: string): string => `/etc/systemd/system/${name}.service`;

/** A lamp, and a lantern that burns the same oil; a buoy has its own. */
function harbour(newer: string, files: Record<string, string>): ReturnType<typeof rootWith> {
  const host = rootWith({
    [UNIT('lamp')]: '[Service]\nEnvironmentFile=-/etc/oil.env\nExecStart=/usr/bin/lamp\n',
    [UNIT('lantern')]: '[Service]\nEnvironmentFile=-/etc/oil.env\nExecStart=/usr/bin/lantern\n',
    [UNIT('buoy')]: '[Service]\nExecStart=/usr/bin/buoy\n',
    '/etc/oil.env': 'OIL=whale\n',
    ...files,
  });
  const at = (path: string): string => join(host.root, path);
  library(at(OIL), 'int burn() { return 1; } int trim() { return 2; } int smoke() { return 3; }');
  library(at('/root/liboil.so'), newer);
  program(at('/usr/bin/lamp'), 'int burn(); extern "C" void _start() { burn(); }', at(OIL));
  program(at('/usr/bin/lantern'), 'int trim(); extern "C" void _start() { trim(); }', at(OIL));
  library(at('/usr/bin/../lib/libtar.so'), 'int burn() { return 1; }');
  program(at('/usr/bin/buoy'), 'int burn(); extern "C" void _start() { burn(); }', at('/usr/lib/libtar.so'));
  library(at('lib64/ld-linux-x86-64.so.2'), 'int loader;');
  return host;
}

function said(newer: string, rest: string, check = 'other-users', files = {}): readonly Finding[] {
  const spec = `apiVersion: cutover/v1\nkind: Replacement\nservice: lamp.service\n${rest}`;
  const { findings } = checkForeseen(foresee(harbour(newer, files), parseSpec('cutover.yaml', spec), {}));
  return findings.filter(({ id }) => id === check);
}

const FOR_ALL = `libraries: [{ path: ${OIL}, from: /root/liboil.so, for: everybody }]\n`;
const SAME = 'int burn() { return 5; } int trim() { return 6; } int smoke() { return 7; }';

describe.skipIf(!hasCompiler || process.arch !== 'x64')('a library that everybody loads', () => {
  test('another service that needs what is gone from it would not start', () => {
    expect(said('int burn() { return 1; } int smoke() { return 3; }', FOR_ALL)).toEqual([
      {
        id: 'other-users',
        severity: 'blocker',
        subject: 'lantern.service',
        reason: `It loads ${OIL}, too, which is replaced for everybody, and would miss trim(…), which /usr/bin/lantern needs at its next start.`,
        evidence: [{ how: '/usr/bin/lantern needs liboil.so' }],
        remedy: `Leave "for: everybody" out in the spec: the library is then bound over ${OIL} for this service alone.`,
      },
    ]);
  });

  test('who is not seen to need what is gone is named in a warning', () => {
    expect(said('int burn() { return 1; } int trim() { return 2; }', FOR_ALL)).toMatchObject([
      {
        severity: 'warning',
        subject: OIL,
        reason:
          'It is replaced for everybody, and lantern.service loads it at the next start, too. What they need of it is there, but smoke(…) is gone, which a plugin of theirs may need.',
      },
    ]);
  });

  test('another build with all that was there is a note', () => {
    expect(said(SAME, FOR_ALL).map(({ severity, subject }) => [severity, subject])).toEqual([['note', OIL]]);
  });

  test('bound for the service alone it is nobody else\u2019s matter', () => {
    const alone = FOR_ALL.replace(', for: everybody', '');
    expect(said('int burn() { return 1; }', alone)).toEqual([]);
  });
});

describe.skipIf(!hasCompiler || process.arch !== 'x64')('a file that others read', () => {
  test('is a note with the line that names it', () => {
    const files = 'files: [{ path: /etc/oil.env, content: "OIL=seal\\n" }]\n';
    expect(said(SAME, files)).toEqual([
      {
        id: 'other-users',
        severity: 'note',
        subject: '/etc/oil.env',
        reason: `It is written by this change, and lantern.service names it, too (${UNIT('lantern')}:2:1).`,
        evidence: [{ file: UNIT('lantern'), line: 2, column: 1 }],
        remedy:
          'Make sure that what changes in it is meant for them, or let the setting go into the drop-in of this service.',
      },
    ]);
  });

  test('a file that nobody else names is not', () => {
    expect(said(SAME, 'files: [{ path: /etc/wick.env, content: "WICK=flat\\n" }]\n')).toEqual([]);
  });
});

describe.skipIf(!hasCompiler || process.arch !== 'x64')('what an upgrade of packages takes back', () => {
  const dpkg = (list: string, conffiles = ''): Record<string, string> => ({
    '/var/lib/dpkg/status': `Package: oil\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n${conffiles}`,
    '/var/lib/dpkg/info/oil.list': `/.\n${list}\n`,
  });

  test('a library of a package that is replaced for everybody', () => {
    expect(said(SAME, FOR_ALL, 'upgrades', dpkg(OIL))).toMatchObject([
      { severity: 'warning', subject: OIL, reason: expect.stringMatching(/^It does not stay: oil, /) },
    ]);
    expect(said(SAME, FOR_ALL, 'upgrades')).toEqual([]);
  });

  test('a conffile stays, and a file of a package that DC/OS builds anew does not', () => {
    const files = (path: string): string => `files: [{ path: ${path}, content: "OIL=seal\\n" }]\n`;
    const conffiles = 'Conffiles:\n /etc/oil.env 00000000000000000000000000000000\n';
    expect(said(SAME, files('/etc/oil.env'), 'upgrades', dpkg('/etc/oil.env', conffiles))).toEqual([]);
    const node = { '/opt/mesosphere/etc/mesos-slave': 'x' };
    expect(said(SAME, files('/opt/mesosphere/etc/oil'), 'upgrades', node)).toMatchObject([
      {
        subject: '/opt/mesosphere/etc/oil',
        reason:
          'It does not stay: in a directory that pkgpanda builds anew at every activation. After that the service has what was there before, or what the new package brings.',
      },
    ]);
  });
});
