import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { Subject } from '../subject.ts';
import { namedLibrariesPart } from './named-libraries.ts';

const UNIT = '/etc/systemd/system/lamp.service';
const LIB = '/lib64';

/** A libc and a libpam in name alone, and a program that calls what it is told. */
function lampWith(calls: readonly string[], files: Readonly<Record<string, string>>, unit = '') {
  const host = rootWith({ [UNIT]: `[Service]\nExecStart=/opt/lamp\n${unit}`, ...files });
  const at = (path: string) => join(host.root, path);
  library(at(`${LIB}/ld-linux-x86-64.so.2`), 'int loader;');
  library(
    at(`${LIB}/libc.so.6`),
    'extern "C" { int getpwnam() { return 1; } int getaddrinfo() { return 1; } }',
  );
  library(
    at(`${LIB}/libpam.so.0`),
    'extern "C" { int pam_start() { return 1; } const char *where() { return "/opt/security/"; } }',
  );
  const source = calls.map((name) => `extern "C" int ${name}(const char *);`).join('');
  const body = calls.map((name) => `${name}(${name === 'pam_start' ? '"wicked"' : '""'});`).join('');
  const needs = calls.includes('pam_start') ? ['libpam.so.0', 'libc.so.6'] : ['libc.so.6'];
  program(
    at('/opt/lamp'),
    `${source} extern "C" void _start() { ${body} }`,
    ...needs.map((name) => at(`${LIB}/${name}`)),
  );
  return { host, at };
}

const part = (host: ReturnType<typeof lampWith>['host']) =>
  namedLibrariesPart(new Subject(host, 'lamp', { knowledge: [] }));
const loads = (host: ReturnType<typeof lampWith>['host']) =>
  part(host)
    .edges.filter(({ kind }) => kind === 'loads')
    .map(({ from, to, label, evidence }) => [
      from,
      label,
      to,
      'file' in evidence ? `${evidence.file}:${evidence.line}:${evidence.column}` : evidence.how,
    ]);

describe.skipIf(!hasCompiler || process.arch !== 'x64')(
  'libraries that the configuration of the machine names',
  () => {
    test('modules of the name service switch, of the databases that the program asks', () => {
      const conf = 'passwd: files wick lack\ngroup: wick\nhosts: files wick\n';
      const { host, at } = lampWith(['getpwnam'], { '/etc/nsswitch.conf': conf });
      library(at(`${LIB}/libnss_wick.so.2`), 'int wick;');
      const from = 'program:/opt/lamp';
      expect(loads(host)).toEqual([
        // Before glibc 2.34 the module of files was one like the others.
        [from, 'passwd', 'module-library:libnss_files.so.2', '/etc/nsswitch.conf:1:9'],
        [from, 'passwd', `module-library:${LIB}/libnss_wick.so.2`, '/etc/nsswitch.conf:1:15'],
        [from, 'passwd', 'module-library:libnss_lack.so.2', '/etc/nsswitch.conf:1:20'],
      ]);
      const { nodes } = part(host);
      expect(nodes.find(({ id }) => id.endsWith('wick.so.2'))?.attributes).toEqual({
        'asked by': '/opt/lamp calls getpwnam',
      });
      // Debian's own nsswitch.conf names libnss_db.so.2, which few machines have.
      expect(nodes.find(({ id }) => id.endsWith('lack.so.2'))).toMatchObject({
        exists: false,
        attributes: { 'asked by': '/opt/lamp calls getpwnam' },
      });
      expect(nodes.find(({ id }) => id.endsWith('lack.so.2'))?.attributes).not.toHaveProperty('fault');
    });

    test('none where the program asks for no name, or nothing names one', () => {
      expect(loads(lampWith([], { '/etc/nsswitch.conf': 'passwd: wick\n' }).host)).toEqual([]);
      expect(loads(lampWith(['getpwnam'], {}).host)).toEqual([]);
    });

    test('modules of PAM, of the services whose names the program has, with what they include', () => {
      const { host, at } = lampWith(['pam_start'], {
        '/etc/pam.d/wicked': '@include common-lamp\naccount required /srv/pam_oil.so\n',
        '/etc/pam.d/wick': 'auth required pam_never.so\n',
        '/etc/pam.d/common-lamp': 'auth required pam_wick.so\n-auth optional pam_lack.so\n',
        '/etc/pam.d/other': 'auth required pam_never.so\nsession required pam_deny.so\n',
      });
      library(at('/opt/security/pam_wick.so'), 'int wick;');
      const from = 'program:/opt/lamp';
      expect(loads(host)).toEqual([
        [from, 'auth', 'module-library:/opt/security/pam_wick.so', '/etc/pam.d/common-lamp:1:15'],
        [from, 'auth', 'module-library:/opt/security/pam_lack.so', '/etc/pam.d/common-lamp:2:16'],
        [from, 'account', 'module-library:/srv/pam_oil.so', '/etc/pam.d/wicked:2:18'],
        [from, 'session', 'module-library:/opt/security/pam_deny.so', '/etc/pam.d/other:2:18'],
      ]);
      const { nodes, edges } = part(host);
      const fault = (path: string) =>
        nodes.find(({ id }) => id === `module-library:${path}`)?.attributes['fault'];
      expect(fault('/opt/security/pam_lack.so')).toBe('not there: PAM passes over it');
      expect(fault('/srv/pam_oil.so')).toBe('not there: PAM fails at it');
      expect(edges.filter(({ kind }) => kind === 'configured-by').map(({ to }) => to)).toEqual([
        'file:/etc/pam.d/wicked',
        'file:/etc/pam.d/common-lamp',
        'file:/etc/pam.d/other',
      ]);
    });

    test('a program whose service of PAM is not among those that are there', () => {
      const { host } = lampWith(['pam_start'], { '/etc/pam.d/wick': 'auth required pam_never.so\n' });
      expect(part(host)).toEqual({
        nodes: [],
        edges: [],
        notExamined: ['which service of PAM /opt/lamp asks for: none of /etc/pam.d by its name'],
      });
    });

    test('the session that PAMName= opens is loaded by systemd itself', () => {
      const { host, at } = lampWith(
        [],
        { '/etc/pam.d/glow': 'session required pam_wick.so\n' },
        'PAMName=glow\n',
      );
      library(at('/opt/security/pam_wick.so'), 'int wick;');
      expect(part(host).notExamined).toEqual([
        `the modules of PAM for PAMName=glow at ${UNIT}:3:1: systemd's own program could not be read`,
      ]);
      program(
        at('/usr/lib/systemd/systemd'),
        'extern "C" int pam_start(); extern "C" void _start() { pam_start(); }',
        at(`${LIB}/libpam.so.0`),
      );
      expect(loads(host)).toEqual([
        [
          'service:lamp.service',
          'session',
          'module-library:/opt/security/pam_wick.so',
          '/etc/pam.d/glow:1:18',
        ],
      ]);
    });
  },
);
