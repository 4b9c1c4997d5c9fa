import type { PluginChecks } from '../configured-program/configured-program.ts';

export const RSYSLOG_CHECKS: PluginChecks = {
  opens: {
    id: 'rsyslog-modules',
    title: 'Every module that rsyslog.conf loads is there and can be opened',
    explains:
      'rsyslogd opens the file of every module that its configuration loads, from its own directory of modules. One that is ' +
      'missing, cut off, or in want of a library or a symbol is told in the log, and rsyslogd goes on without it and without ' +
      'what is configured for it. The check is silent when each file is found whole, with all that it needs.',
  },
  fits: {
    id: 'rsyslog-module-entry',
    title: 'Every module is one of rsyslog',
    explains:
      'rsyslogd looks up modInit in a module and calls it; a library without it is refused. Which version of the interface ' +
      'between them the module speaks is settled when it runs, and is not looked at. The check is silent when the entry ' +
      'point is there.',
  },
};
