import type { PluginChecks } from '../configured-program/configured-program.ts';
import type { CheckDescription } from '../knowledge.ts';

export const POSTGRESQL_CHECKS: PluginChecks = {
  opens: {
    id: 'postgresql-libraries',
    title: 'Every library that PostgreSQL is to load is there and can be opened',
    explains:
      'The server opens the libraries of shared_preload_libraries when it starts and ends at the first that is missing, cut ' +
      'off, or in want of a library or a symbol; those of session_preload_libraries and local_preload_libraries when somebody ' +
      'connects. The libraries that control files of extensions name (module_pathname) are opened when a function of them is ' +
      'called: where such an extension was created is known to the database alone, so these are warnings. The check is silent ' +
      'when each file is found whole, with all that it needs.',
  },
  fits: {
    id: 'postgresql-magic-block',
    title: "Every library was built for tomorrow's PostgreSQL",
    explains:
      'A library carries a magic block: the major version of the server that it was built for, the limits it was compiled ' +
      'with, and from PostgreSQL 15 on the name of its ABI. The server refuses any difference: "incompatible library". The ' +
      'block is read from the file, by the address that Pg_magic_func returns, without calling it; that of the server from ' +
      'its own constant data. The check is silent when they are equal.',
  },
};

export const DIRECTIVES_CHECK: CheckDescription = {
  id: 'postgresql-directives',
  title: "Tomorrow's PostgreSQL knows every directive of its configuration",
  explains:
    'A directive of postgresql.conf, of the files that it includes and of the command that the program does not know ends its start: "unrecognized configuration parameter". The names of ' +
    "directives stand as texts in the program and its modules. One that is in today's and not in tomorrow's is unknown to " +
    'it; one that is in neither tells nothing. Values that a release no longer takes are not looked at. The check is silent ' +
    'when the program is the same build, and when every name is found again.',
};
