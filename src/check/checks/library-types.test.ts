// Real libraries with debug information, compared by a real abidiff.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dropDebugInfo, hasAbidiff, keepDebugInfoBeside } from '../../../test/debug-info.ts';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, library, program } from '../../../test/small-elf.ts';
import { buildGraph } from '../../graph/build-graph.ts';
import type { Graph } from '../../graph/graph.ts';
import { Subject } from '../../graph/subject.ts';
import { check } from '../check.ts';
import { libraryTypesCheck } from './library-types.ts';

const LAMP = `
  enum color { red, green, blue };
  struct wick { int length; int width; };
  extern "C" int trim(wick *one) { return one->width; }
  extern "C" int paint(color one) { return one; }
  extern "C" int snuff(int x) { return x; }
  extern "C" int light(int x) { return x; }`;
const TRIMS =
  'struct wick; extern "C" int trim(wick *); extern "C" int light(int); extern "C" void _start() { trim(0); light(1); }';

interface Build {
  readonly source?: string;
  readonly program?: string;
  readonly debug?: 'in it' | 'beside it' | 'none';
  readonly unit?: string;
}

const LIBRARY = 'opt/lamp/lib/liblamp.so';

function graph({ source = LAMP, program: text = TRIMS, debug = 'in it', unit = '' }: Build): Graph {
  const host = rootWith({
    '/etc/systemd/system/lamp.service': `[Service]\nExecStart=/opt/lamp/bin/lamp\n${unit}`,
  });
  const file = join(host.root, LIBRARY);
  library(file, source, '-g', '-Wl,--build-id');
  program(join(host.root, 'opt/lamp/bin/lamp'), text, file);
  library(join(host.root, 'lib64/ld-linux-x86-64.so.2'), 'int loader;', '-Wl,--build-id');
  if (debug === 'beside it') keepDebugInfoBeside(host.root, file);
  if (debug === 'none') dropDebugInfo(file);
  return buildGraph(new Subject(host, 'lamp', { knowledge: [] }));
}

function said(today: Build, tomorrow: Build): string[] {
  const run = libraryTypesCheck.run(graph(today), graph(tomorrow));
  if ('couldNotRun' in run) return [`could not run: ${run.couldNotRun}`];
  return run.findings.flatMap(({ severity, subject, reason, evidence, remedy }) => [
    `${severity}: ${subject}: ${reason}`,
    ...evidence.map((one) => ('how' in one ? one.how : one.file)),
    remedy,
  ]);
}

const LONGER = LAMP.replace('int length;', 'long oil; int length;');

describe.skipIf(!hasCompiler || !hasAbidiff || process.arch !== 'x64')('the types in a library', () => {
  const TRIMMED = [
    "warning: liblamp.so: trim in /opt/lamp/lib/liblamp.so works on other types than today. /opt/lamp/bin/lamp uses trim as built against today's: where it looks into such a type itself, it reads and writes the wrong places.",
    "abidiff: function int trim(wick*): parameter 1 of type 'wick*' has sub-type changes: in pointed to type 'struct wick': type size changed from 64 to 128 (in bits); 1 data member insertion: 'long int oil', at offset 0 (in bits); 2 data member changes: …",
    "Build /opt/lamp/bin/lamp against tomorrow's liblamp.so, or keep today's.",
  ];

  test('a member more in a structure that the program, which stays, hands over', () => {
    expect(said({}, { source: LONGER })).toEqual(TRIMMED);
  });

  test('debug information in files of its own, found by the build id', () => {
    expect(said({ debug: 'beside it' }, { source: LONGER, debug: 'beside it' })).toEqual(TRIMMED);
  });

  test('another value of an enumerator under a function that nothing loaded calls', () => {
    expect(said({}, { source: LAMP.replace('red,', 'red, yellow,') })).toEqual([
      'note: liblamp.so: paint in /opt/lamp/lib/liblamp.so works on other types than today. Nothing that is loaded at the start uses them.',
      "abidiff: function int paint(color): parameter 1 of type 'enum color' has sub-type changes: type size hasn't changed; 1 enumerator insertion: 'color::yellow' value '1'; 2 enumerator changes: 'color::green' from value '1' to '2'; 'color::blue' from …",
      "Nothing, when what calls it was built against tomorrow's liblamp.so.",
    ]);
  });

  test('a program that is another build, too, may fit the new types', () => {
    const [only] = said({}, { source: LONGER, program: `${TRIMS} int more;` });
    expect(only).toBe(
      'note: liblamp.so: trim in /opt/lamp/lib/liblamp.so works on other types than today. What uses them is another build tomorrow, too: /opt/lamp/bin/lamp.',
    );
  });

  test.each<[string, string]>([
    ['the same source, compiled again into another file', `${LAMP}\n`.replace('return x;', 'return x + 1;')],
    ['a function more', `${LAMP} extern "C" int added() { return 1; }`],
    [
      'a function less, which symbols-missing and libraries-changed tell of',
      LAMP.replace(/extern "C" int snuff.*/, ''),
    ],
    ['an enumerator more at the end', LAMP.replace('blue', 'blue, violet')],
  ])('%s is silent', (_, source) => {
    expect(said({}, { source })).toEqual([]);
  });

  test('without debug information it says of which file, and the verdict does not wait for it', () => {
    const [today, tomorrow] = [graph({}), graph({ source: LONGER, debug: 'none' })];
    const report = check(today, tomorrow, new Set());
    expect(report.verdict).toBe('ready');
    expect(report.checks.find(({ id }) => id === 'library-types')).toMatchObject({
      result: 'could-not-run',
      reason: expect.stringMatching(
        /^liblamp\.so: tomorrow's \/opt\/lamp\/bin\/\.\.\/lib\/liblamp\.so has no debug information, nor is there \/usr\/lib\/debug\/\.build-id\/[0-9a-f]{2}\/[0-9a-f]{38}\.debug$/,
      ),
    });
  });
});
