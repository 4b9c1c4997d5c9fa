import { expect, test } from 'vitest';
import { type LoadedObject, showSearchRule } from './loaded-object.ts';
import { loaderPlatform } from './loader-platform.ts';
import type { Elf } from '../parse-elf.ts';
import { expandTokens } from './expand-tokens.ts';
import { PLAIN_PROCESSOR } from './processor.ts';
import { candidatePaths, type LoaderSettings } from './search-libraries.ts';

const AGENT = '/opt/mesosphere/bin/mesos-slave';
const LIBMESOS = '/opt/mesosphere/lib/libmesos.so';

const SETTINGS: LoaderSettings = {
  platform: loaderPlatform(elfWith({}), 'multiarch'),
  libraryPath: '/opt/mesosphere/lib:/opt/mesosphere/lib/:;',
  cache: {
    kind: 'cache',
    entries: [
      { name: 'libglog.so.0', path: '/usr/lib/libglog.so.0', flags: 0x303, processor: { kind: 'any' } },
    ],
  },
  workingDirectory: '/var/lib/mesos',
};

test('RPATH of the requester and of those before it, then the environment, the cache, the defaults', () => {
  const program = object(AGENT, { rpath: '$ORIGIN/../lib' });
  const library = object(LIBMESOS, { rpath: '/srv/${LIB}' }, program);
  expect(shown('libglog.so.0', library)).toEqual([
    `/srv/lib/x86_64-linux-gnu/libglog.so.0 by rpath of ${LIBMESOS}`,
    `/opt/mesosphere/bin/../lib/libglog.so.0 by rpath of ${AGENT}`,
    '/opt/mesosphere/lib/libglog.so.0 by LD_LIBRARY_PATH',
    '/var/lib/mesos/libglog.so.0 by LD_LIBRARY_PATH',
    '/usr/lib/libglog.so.0 by ld.so.cache',
    '/lib/x86_64-linux-gnu/libglog.so.0 by default path',
    '/usr/lib/x86_64-linux-gnu/libglog.so.0 by default path',
    '/lib/libglog.so.0 by default path',
    '/usr/lib/libglog.so.0 by default path',
  ]);
});

test('a RUNPATH comes after the environment and puts every RPATH out of force', () => {
  const program = object(AGENT, { rpath: '/never' });
  const library = object(LIBMESOS, { rpath: '/never', runpath: '$ORIGIN' }, program);
  expect(shown('libz.so.1', library).slice(0, 3)).toEqual([
    '/opt/mesosphere/lib/libz.so.1 by LD_LIBRARY_PATH',
    '/var/lib/mesos/libz.so.1 by LD_LIBRARY_PATH',
    `/opt/mesosphere/lib/libz.so.1 by runpath of ${LIBMESOS}`,
  ]);
});

test('a program with privileges ignores the environment, -z nodefaultlib the defaults', () => {
  const program = object(AGENT, { runpath: '$ORIGIN/../lib:/opt/lib', noDefaultLibraries: true });
  expect(shown('libglog.so.0', program, { ...SETTINGS, secure: true })).toEqual([
    `/opt/lib/libglog.so.0 by runpath of ${AGENT}`,
  ]);
});

test('subdirectories for better processors come first in each directory', () => {
  const settings = { ...SETTINGS, libraryPath: '', processor: { ...PLAIN_PROCESSOR, hwcaps: ['x86-64-v2'] } };
  expect(shown('libz.so.1', object(AGENT, {}), settings).slice(0, 2)).toEqual([
    '/lib/x86_64-linux-gnu/glibc-hwcaps/x86-64-v2/libz.so.1 by default path',
    '/lib/x86_64-linux-gnu/libz.so.1 by default path',
  ]);
});

test('a name with a slash is a path', () => {
  expect(shown('modules/libstats.so', object(AGENT, {}))).toEqual([
    '/var/lib/mesos/modules/libstats.so by path',
  ]);
});

test.each([
  ['$ORIGIN/a', '/opt/mesosphere/bin/a'],
  ['${ORIGIN}a', '${ORIGIN}a'.replace('${ORIGIN}', '/opt/mesosphere/bin')],
  ['$ORIGINAL/a', '$ORIGINAL/a'],
  ['/srv/$LIB/$PLATFORM', '/srv/lib/x86_64-linux-gnu/x86_64'],
])('%s means %s', (path, expanded) => {
  expect(expandTokens(path, object(AGENT, {}), SETTINGS)).toBe(expanded);
});

type Dynamic = { rpath?: string; runpath?: string; noDefaultLibraries?: boolean };

function elfWith({ rpath, runpath, noDefaultLibraries = false }: Dynamic): Elf {
  return {
    kind: 'elf',
    bits: 64,
    byteOrder: 'little',
    type: 'shared',
    machine: 'x86-64',
    entry: 0,
    identFault: undefined,
    programHeaders: { offset: 0, count: 0 },
    segments: [],
    interpreter: undefined,
    buildId: undefined,
    packageNote: undefined,
    dlopenNotes: [],
    dynamic: {
      needed: [],
      soname: undefined,
      rpath,
      runpath,
      links: [],
      bindNow: false,
      noDefaultLibraries,
      symbolic: false,
      positionIndependentProgram: false,
      tags: new Map(),
    },
  };
}

function object(path: string, dynamic: Dynamic, requestedBy?: LoadedObject): LoadedObject {
  const rule = requestedBy === undefined ? ({ kind: 'program' } as const) : ({ kind: 'path' } as const);
  return { name: path, path, realPath: path, elf: elfWith(dynamic), rule, requestedBy };
}

function shown(name: string, requester: LoadedObject, settings = SETTINGS): string[] {
  return [...candidatePaths(name, requester, settings)].map(
    ({ path, rule }) => `${path} by ${showSearchRule(rule)}`,
  );
}
