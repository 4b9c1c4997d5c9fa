import { posix } from 'node:path';
import type { ServiceStart } from '../../service/service-start.ts';
import { linesNamed } from '../configured-program/configuration.ts';
import { ConfiguredExamination } from '../configured-program/configured-examination.ts';
import type { ConfiguredProgram } from '../configured-program/configured-program.ts';
import type { AskedPlugin } from '../configured-program/plugin.ts';
import type { Knowledge } from '../knowledge.ts';
import { DATA_CHECK, dataFormat } from './data-format.ts';
import { identifyModule } from './identify-module.ts';
import { readRedisConfiguration } from './read-configuration.ts';
import { DIRECTIVES_CHECK, REDIS_CHECKS } from './redis-checks.ts';
import { type RedisServer, redisServer } from './redis-server.ts';
import { redisTouches } from './touches.ts';

/** What Cutover knows of Redis servers from 4.0 (the first with modules) and of Valkey servers. */
export const redis: Knowledge = {
  id: 'redis',
  reads: 'Redis',
  examine: (start) => {
    const path = serverPath(start);
    return path === undefined
      ? undefined
      : new ConfiguredExamination(() => programOf(start, redisServer(start, path)));
  },
  checks: [REDIS_CHECKS.opens, REDIS_CHECKS.fits, DIRECTIVES_CHECK, DATA_CHECK],
};

/** A sentinel is no server. */
function serverPath({ launch }: ServiceStart): string | undefined {
  return /^(?:redis|valkey)-server/.test(posix.basename(launch?.program ?? '')) ? launch?.program : undefined;
}

function programOf(start: ServiceStart, server: RedisServer): ConfiguredProgram {
  const directory = start.launch?.directory ?? '/';
  const place = start.command?.place ?? { file: start.service.unit.fragment.path, line: 1, column: 1 };
  const command = { args: start.launch?.args ?? [], directory, place };
  const configuration = readRedisConfiguration(start.host, command);
  // It changes to `dir` while it reads its configuration, and opens modules afterwards.
  const home = posix.resolve(directory, linesNamed(configuration, 'dir').at(-1)?.words[0]?.text ?? '.');
  return {
    start,
    name: server.name,
    title: server.name,
    attributes: server.functions === undefined ? {} : { 'module API': `${server.functions.size} functions` },
    configuration,
    plugins: linesNamed(configuration, 'loadmodule').flatMap(({ name, words }) =>
      words.slice(0, 1).map(
        ({ text, place: at }): AskedPlugin => ({
          name: text,
          file: text.includes('/') ? posix.resolve(home, text) : text,
          place: at,
          directive: name,
          severity: 'blocker',
          consequence: `${server.name} then does not start.`,
        }),
      ),
    ),
    sharesSymbols: false,
    touches: redisTouches(configuration, home),
    checks: REDIS_CHECKS,
    directives: DIRECTIVES_CHECK,
    state: dataFormat(start, server, configuration, home),
    identify: (_, file) => {
      const mode = start.host.stat(file.path)?.mode ?? 0o111;
      return identifyModule(file, server, (mode & 0o111) !== 0);
    },
  };
}
