import type { PluginChecks } from '../configured-program/configured-program.ts';
import type { CheckDescription } from '../knowledge.ts';

export const REDIS_CHECKS: PluginChecks = {
  opens: {
    id: 'redis-modules',
    title: 'Every module that redis.conf loads is there and can be opened',
    explains:
      'Redis and Valkey open every file behind loadmodule after they have read their configuration, and exit when one is ' +
      'missing, cut off, or in want of a library or a symbol: "Can\'t load module from …: server aborting". The check is ' +
      'silent when each file is found whole, with all that it needs.',
  },
  fits: {
    id: 'redis-module-api',
    title: "Every module is one that tomorrow's server takes",
    explains:
      'The server looks up RedisModule_OnLoad in a module (Valkey looks for ValkeyModule_OnLoad first), since Redis 7 wants ' +
      'the file to be executable, and offers the functions of its module API by name. A function that the module asks for ' +
      'and the server does not offer is noted: calling it ends the server. What OnLoad itself decides, by its arguments or by ' +
      'the version of the server, is known only when it runs. The check is silent when the entry point is there and every ' +
      'function is offered.',
  },
};

export const DIRECTIVES_CHECK: CheckDescription = {
  id: 'redis-directives',
  title: "Tomorrow's server knows every directive of its configuration",
  explains:
    'A directive of redis.conf, of the files that it includes and of the command that the program does not know ends its start: "Bad directive or wrong number of arguments". The names of ' +
    "directives stand as texts in the program and its modules. One that is in today's and not in tomorrow's is unknown to " +
    'it; one that is in neither tells nothing. Values that a release no longer takes are not looked at. The check is silent ' +
    'when the program is the same build, and when every name is found again.',
};
