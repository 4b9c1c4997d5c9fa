import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addLoader } from '../../test/plugin-findings.ts';
import { rootWith } from '../../test/root-with.ts';
import { hasCompiler, library, program } from '../../test/small-elf.ts';
import { KnownHost } from '../graph/known-host.ts';
import { dependentsOf } from './dependents.ts';

test.runIf(hasCompiler)('a library of /etc/ld.so.preload: every service that starts with it', () => {
  const host = rootWith({
    '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/opt/bin/lamp\n',
    '/etc/ld.so.preload': '/opt/shade/libshade.so\n',
  });
  addLoader(host.root);
  const wick = join(host.root, 'opt/lib/libwick.so');
  for (const path of [wick, join(host.root, 'opt/shade/libshade.so')]) {
    library(path, 'extern "C" int wick() { return 1; }');
  }
  const start = 'extern "C" int wick(); extern "C" void _start() { wick(); }';
  program(join(host.root, 'opt/bin/lamp'), start, wick);
  const { services } = dependentsOf(new KnownHost(host, { knowledge: [] }), '/opt/shade/libshade.so');
  expect(services.map(({ service }) => service)).toEqual(['lamp.service']);
});
