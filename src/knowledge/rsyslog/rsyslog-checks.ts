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
    title: 'Every module is one of rsyslog, of the same build as rsyslogd',
    explains:
      'rsyslogd looks up modInit in a module and calls it; a library without it is refused. A module then asks for the ' +
      'interfaces of rsyslogd (glbl, datetime, ruleset …) in the versions that it was built with, and is refused with error ' +
      '-2054 where there is another; without lmnet, which rsyslogd opens by itself, it does not start. Both numbers are read ' +
      'from the code of both, on x86-64 alone. The check is silent when the entry point is there and the versions are the same.',
  },
};
