import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addLoader } from '../../test/plugin-findings.ts';
import { rootWith } from '../../test/root-with.ts';
import { hasCompiler, program } from '../../test/small-elf.ts';
import { Subject } from '../graph/subject.ts';
import { allKnowledge } from '../knowledge/all-knowledge.ts';
import { traceSetting } from './trace-setting.ts';

/** Longer than a file name can be: to look at it is an error of the host. */
const REFUSED = `/etc/${'lamp'.repeat(80)}`;

test.runIf(hasCompiler).each([
  ['/usr/sbin/nginx', '-c '],
  ['/usr/sbin/httpd', '-f '],
  ['/usr/bin/redis-server', ''],
  ['/usr/bin/postgres', '-c config_file='],
])('a variable of %s is traced without reading its configuration', (path, option) => {
  const host = rootWith({
    '/usr/lib/systemd/system/lamp.service': `[Service]\nEnvironment=LAMP=dim\nExecStart=${path} ${option}${REFUSED}\n`,
  });
  addLoader(host.root);
  program(join(host.root, path), 'extern "C" void _start() { for (;;); }');
  const subject = new Subject(host, 'lamp', { knowledge: allKnowledge });
  const { value, notExamined } = traceSetting(subject, 'LAMP', { showSecrets: false });
  expect({ value, notExamined }).toEqual({ value: 'dim', notExamined: [] });
});
