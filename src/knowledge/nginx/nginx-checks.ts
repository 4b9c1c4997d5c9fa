import type { PluginChecks } from '../configured-program/configured-program.ts';
import type { CheckDescription } from '../knowledge.ts';

export const NGINX_CHECKS: PluginChecks = {
  opens: {
    id: 'nginx-modules',
    title: 'Every module that nginx.conf loads is there and can be opened',
    explains:
      'nginx opens every file behind load_module when it reads its configuration, and the first that is missing, cut off, ' +
      'or in want of a library or a symbol ends it: [emerg] dlopen() failed. A module may use what a module loaded before ' +
      'it provides, so the order counts. The check is silent when each file is found whole, with all that it needs.',
  },
  fits: {
    id: 'nginx-module-signature',
    title: "Every module was built for tomorrow's nginx",
    explains:
      'A module carries the version of nginx and the signature of the options that it was built with, and nginx takes only ' +
      'its own: any other version, and any other digit of the signature, ends the start. Both are read from the tables in ' +
      'the file without loading it, and from the core module of nginx itself. ' +
      'No module may be loaded twice: "module … is already loaded". The check is silent when they are equal and each module ' +
      'is there once.',
  },
};

export const DIRECTIVES_CHECK: CheckDescription = {
  id: 'nginx-directives',
  title: "Tomorrow's nginx knows every directive of its configuration",
  explains:
    'A directive of nginx.conf and the files that it includes that the program does not know ends its start: "[emerg] unknown directive". The names of ' +
    "directives stand as texts in the program and its modules. One that is in today's and not in tomorrow's is unknown to " +
    'it; one that is in neither tells nothing. Values that a release no longer takes are not looked at. The check is silent ' +
    'when the program is the same build, and when every name is found again.',
};
