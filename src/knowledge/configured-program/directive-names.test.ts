import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addLoader, type Graph, graphWith, reportBetween } from '../../../test/plugin-findings.ts';
import { rootWith } from '../../../test/root-with.ts';
import { hasCompiler, program } from '../../../test/small-elf.ts';
import { redis } from '../redis/redis.ts';

function redisKnowing(...names: readonly string[]): Graph {
  const host = rootWith({
    '/usr/lib/systemd/system/redis.service':
      '[Service]\nExecStart=/usr/bin/redis-server /etc/redis.conf --port 0\n',
    '/etc/redis.conf': 'dir /srv\nappenddirname oil\nlamp on\n',
  });
  addLoader(host.root);
  const texts = names.map((name) => `"${name}"`).join(', ');
  program(
    join(host.root, 'usr/bin/redis-server'),
    `const char *names[] = { "", ${texts} }; extern "C" void _start() { for (;;) names[0] = names[1]; }`,
  );
  return graphWith(host, 'redis', redis);
}

const findings = (today: Graph, tomorrow: Graph) =>
  reportBetween(today, tomorrow).findings.filter(({ id }) => id === 'redis-directives');

test.runIf(hasCompiler)('a directive that only the program of today knows', () => {
  expect(findings(redisKnowing('dir', 'port', 'appenddirname'), redisKnowing('dir', 'port'))).toEqual([
    {
      id: 'redis-directives',
      severity: 'blocker',
      subject: 'appenddirname',
      reason:
        "Today's program has this name among its texts; Redis and its modules do not: Redis does not start with a directive that it does not know.",
      evidence: [
        { file: '/etc/redis.conf', line: 2, column: 1 },
        { how: 'looked for in the bytes of /usr/bin/redis-server' },
      ],
      remedy: 'Take appenddirname out of the configuration, or give what does the same in Redis.',
    },
  ]);
});

test.runIf(hasCompiler)('directives that both know, or neither', () => {
  const today = redisKnowing('dir', 'port', 'appenddirname');
  expect(findings(today, redisKnowing('port', 'dir', 'appenddirname', 'x'))).toEqual([]);
});
