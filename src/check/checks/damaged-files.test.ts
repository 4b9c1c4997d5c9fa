import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cutFile, overwriteFile } from '../../../test/cut-file.ts';
import { addLoader } from '../../../test/plugin-findings.ts';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { buildGraph, buildWholeGraph } from '../../graph/build-graph.ts';
import { Subject } from '../../graph/subject.ts';
import { check } from '../check.ts';

const UNIT = '/usr/lib/systemd/system/lighthouse.service';
const SOUND = 'extern "C" int light() { return 1; }';
const HAS_DATA = 'extern "C" { int oil[9000] = {7}; int light() { return oil[1]; } }';

/** The service with a liblight.so of a source; `spoil` then spoils a file of /opt/lamp. */
function lighthouse(light: string, spoil: (path: (name: string) => string) => void = () => {}): Subject {
  const host = rootWith({ [UNIT]: '[Service]\nExecStart=/opt/lamp/bin/lamp\n' });
  addLoader(host.root);
  const path = (name: string): string => join(host.root, 'opt/lamp', name);
  library(path('lib/liblight.so'), light);
  program(
    path('bin/lamp'),
    'extern "C" int light(); extern "C" void _start() { light(); }',
    '-Wl,--no-as-needed',
    path('lib/liblight.so'),
  );
  spoil(path);
  return new Subject(host, 'lighthouse', { knowledge: [] });
}

function blockers(today: Subject, tomorrow: Subject): string[] {
  const { verdict, findings } = check(buildGraph(today), buildGraph(tomorrow), new Set());
  const said = findings.filter(({ severity }) => severity === 'blocker');
  return [verdict, ...said.map(({ id, subject, reason }) => `${id} ${subject}: ${reason}`)];
}

const SPOILT: Record<string, [(path: (name: string) => string) => void, string]> = {
  'a library that is cut off in its headers': [
    (path) => void cutFile(path('lib/liblight.so'), 300),
    'libraries-missing /opt/lamp/bin/../lib/liblight.so: /opt/lamp/bin/../lib/liblight.so is damaged: the file ends inside its program headers (at byte 64). The loader refuses such a file, and what it needs or provides can not be known.',
  ],
  'a library of three bytes': [
    (path) => void cutFile(path('lib/liblight.so'), 3),
    "libraries-missing /opt/lamp/bin/../lib/liblight.so: /opt/lamp/bin/../lib/liblight.so is damaged: a file of 3 bytes can't be an ELF file (at byte 3). The loader refuses such a file, and what it needs or provides can not be known.",
  ],
  'a library that is a page of the web': [
    (path) => overwriteFile(path('lib/liblight.so'), '<html>404</html>\n'),
    'libraries-missing /opt/lamp/bin/../lib/liblight.so: /opt/lamp/bin/../lib/liblight.so is damaged: not an ELF file (at byte 0). The loader refuses such a file, and what it needs or provides can not be known.',
  ],
  'a program that is cut off': [
    (path) => void cutFile(path('bin/lamp'), 70),
    'program /opt/lamp/bin/lamp: /opt/lamp/bin/lamp is damaged: the file ends inside its program headers (at byte 64). The loader refuses such a file, and what it needs or provides can not be known.',
  ],
  'a program of no bytes': [
    (path) => void cutFile(path('bin/lamp'), 0),
    "program /opt/lamp/bin/lamp: /opt/lamp/bin/lamp is damaged: a file of 0 bytes can't be an ELF file (at byte 0). The loader refuses such a file, and what it needs or provides can not be known.",
  ],
};

describe.skipIf(!hasCompiler)('a file of tomorrow that is damaged is a blocker with the reason', () => {
  test.each(Object.entries(SPOILT))('%s', (_, [spoil, reason]) => {
    expect(blockers(lighthouse(SOUND), lighthouse(SOUND, spoil))).toEqual(['blocked', reason]);
  });

  test('a library that is cut off in its data, behind all that describes it', () => {
    let size = 0;
    const tomorrow = lighthouse(HAS_DATA, (path) => {
      size = cutFile(path('lib/liblight.so'), -30_000);
    });
    expect(blockers(lighthouse(HAS_DATA), tomorrow)).toEqual([
      'blocked',
      `libraries-missing /opt/lamp/bin/../lib/liblight.so: /opt/lamp/bin/../lib/liblight.so is damaged: the file ends before the parts that are loaded do (at byte ${size}). The loader refuses such a file, and what it needs or provides can not be known.`,
    ]);
  });

  test('one whose section headers alone are gone is none', () => {
    const tomorrow = lighthouse(SOUND, (path) => void cutFile(path('lib/liblight.so'), -64));
    expect(blockers(lighthouse(SOUND), tomorrow)).toEqual(['ready']);
  });

  test('what is damaged today can be mended, and is no graph to look at', () => {
    const today = lighthouse(SOUND, (path) => void cutFile(path('lib/liblight.so'), 300));
    expect(blockers(today, lighthouse(SOUND))).toEqual(['ready']);
    expect(() => buildWholeGraph(today)).toThrow('/opt/lamp/bin/../lib/liblight.so is damaged: ');
  });
});
