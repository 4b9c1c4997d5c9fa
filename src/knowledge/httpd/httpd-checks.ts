import type { PluginChecks } from '../configured-program/configured-program.ts';

export const HTTPD_CHECKS: PluginChecks = {
  opens: {
    id: 'httpd-modules',
    title: "Every module that httpd's configuration loads is there and can be opened",
    explains:
      'httpd opens every file behind LoadModule and LoadFile when it reads its configuration, and the first that is missing, ' +
      'cut off, or in want of a library or a symbol ends it: "Cannot load … into server". A module may use what a module ' +
      'loaded before it provides, so the order counts. The check is silent when each file is found whole, with all that it ' +
      'needs. Sections that do not hold (IfModule, IfDefine, IfVersion, IfFile) are left out, as httpd leaves them out.',
  },
  fits: {
    id: 'httpd-module-magic',
    title: "Every module was built for tomorrow's httpd",
    explains:
      'A module carries a cookie (AP24) and the module magic number of the httpd that it was built for, and httpd takes its ' +
      'own major number alone: anything else ends the start. Both are read from the structure that LoadModule names, without ' +
      'loading the file, and from the core module of httpd itself. The check is silent when they are equal. A higher minor ' +
      'number is noted: httpd does not look at it.',
  },
};
