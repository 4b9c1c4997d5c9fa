import { expect, test } from 'vitest';
import type { LibraryReport } from '../../documents/library-report.ts';
import { libraryReportText } from './library-report-text.ts';

const REPORT: LibraryReport = {
  apiVersion: 'cutover/v1',
  kind: 'LibraryReport',
  files: [
    {
      path: '/usr/bin/lamp',
      machine: 'x86-64',
      bits: 64,
      byteOrder: 'little',
      kind: 'program',
      interpreter: '/lib64/ld-linux-x86-64.so.2',
      package: { type: 'deb', name: 'lamp', version: '1.2-3' },
      libraries: [
        {
          name: 'libwick.so.1',
          path: '/opt/lib/libwick.so.1',
          foundBy: 'runpath of /usr/bin/lamp',
          neededBy: '/usr/bin/lamp',
        },
      ],
      missing: [
        {
          name: 'liboil.so.2',
          neededBy: '/opt/lib/libwick.so.1',
          required: true,
          tried: [
            { path: '/opt/lib/liboil.so.2', by: 'LD_LIBRARY_PATH', outcome: 'other-class', reason: '32-bit' },
            { path: '/lib/liboil.so.2', by: 'default path', outcome: 'absent' },
          ],
        },
      ],
      opensAtRunTime: [{ sonames: ['libgas.so.1'], feature: 'gas', priority: 'suggested', found: null }],
      symbols: {
        providers: [{ path: '/opt/lib/libwick.so.1', symbols: 1 }],
        missing: [{ name: 'burn', version: 'OIL_2', neededBy: '/opt/lib/libwick.so.1' }],
        missingVersions: [{ version: 'OIL_3', library: '/lib/libfat.so', neededBy: '/usr/bin/lamp' }],
        elsewhere: [
          {
            name: 'glow',
            version: 'W_1',
            neededBy: '/usr/bin/lamp',
            expected: '/lib/libglow.so',
            from: '/opt/lib/libwick.so.1',
          },
        ],
        unreadable: [],
      },
    },
  ],
  damaged: [{ path: '/usr/bin/torn', reason: 'the file ends inside its ELF header', offset: 20 }],
  notExamined: ['LD_LIBRARY_PATH and LD_PRELOAD: an empty environment is assumed'],
};

test('each library with its rule, each missing one with every path that was tried', () => {
  expect(libraryReportText({ colour: false, width: 80 }, REPORT)).toBe(
    `/usr/bin/lamp (program, x86-64, 64-bit, built for lamp 1.2-3)
  /opt/lib/libwick.so.1  by runpath of /usr/bin/lamp
  liboil.so.2 is not found, needed by /opt/lib/libwick.so.1
    tried /opt/lib/liboil.so.2  by LD_LIBRARY_PATH: 32-bit
    tried /lib/liboil.so.2      by default path
  opens libgas.so.1 while it runs (suggested, for gas): not found
  /opt/lib/libwick.so.1  gives 1 symbol
  undefined symbol burn, version OIL_2, needed by /opt/lib/libwick.so.1
  /lib/libfat.so has no version OIL_3, needed by /usr/bin/lamp
  glow of /usr/bin/lamp comes from /opt/lib/libwick.so.1, not from
  /lib/libglow.so

/usr/bin/torn is damaged: the file ends inside its ELF header (at byte 20)
2 files, 2 of them with something missing or damaged
not examined: LD_LIBRARY_PATH and LD_PRELOAD: an empty environment is assumed
`,
  );
});

test('one file is not called files', () => {
  const report = { ...REPORT, files: [] };
  expect(libraryReportText({ colour: false, width: 80 }, report)).toBe(
    `/usr/bin/torn is damaged: the file ends inside its ELF header (at byte 20)
1 file, 1 of them with something missing or damaged
not examined: LD_LIBRARY_PATH and LD_PRELOAD: an empty environment is assumed
`,
  );
});
