import { posix } from 'node:path';
import type { ServiceStart } from '../../service/service-start.ts';
import { ConfiguredExamination } from '../configured-program/configured-examination.ts';
import type { ConfiguredProgram } from '../configured-program/configured-program.ts';
import { optionsIn } from '../configured-program/options-in.ts';
import type { AskedPlugin } from '../configured-program/plugin.ts';
import { textInProgram } from '../configured-program/text-in-program.ts';
import type { Knowledge } from '../knowledge.ts';
import { identifyModule, interfacesOf } from './identify-module.ts';
import { modulesOf } from './modules.ts';
import { readRsyslogConfiguration } from './read-configuration.ts';
import { RSYSLOG_CHECKS } from './rsyslog-checks.ts';
import { rsyslogTouches } from './touches.ts';

/** What Cutover knows of rsyslogd from version 7, with both of its syntaxes. */
export const rsyslog: Knowledge = {
  id: 'rsyslog',
  reads: 'rsyslog',
  examine: (start) =>
    posix.basename(start.launch?.program ?? '') === 'rsyslogd'
      ? new ConfiguredExamination(() => programOf(start))
      : undefined,
  checks: [RSYSLOG_CHECKS.opens, RSYSLOG_CHECKS.fits],
};

/** Source: main() in tools/rsyslogd.c of rsyslog 8.2302. */
const WITH_VALUE = 'fiMNoTu';

function programOf(start: ServiceStart): ConfiguredProgram {
  const options = optionsIn(start.launch?.args ?? [], '', WITH_VALUE);
  const option = (letter: string) => options.findLast((one) => one.letter === letter)?.value;
  const asked = option('f');
  const configuration = readRsyslogConfiguration(
    start.host,
    posix.resolve(start.launch?.directory ?? '/', asked ?? '/etc/rsyslog.conf'),
    asked === undefined ? 'built into rsyslogd' : `-f ${asked} of the command`,
  );
  const directory =
    option('M') ??
    start.launch?.environment.get('RSYSLOG_MODDIR') ??
    textInProgram(start, /\0(\/[\w./-]+\/rsyslog\/)\0/) ??
    '/usr/lib/rsyslog/';
  let offered: ReadonlyMap<string, number> | undefined;
  return {
    start,
    name: 'rsyslogd',
    title: 'rsyslogd',
    attributes: {},
    configuration,
    plugins: [...ownModule(start, directory), ...modulesOf(configuration, directory)],
    sharesSymbols: false,
    touches: rsyslogTouches(configuration, option('i')),
    checks: RSYSLOG_CHECKS,
    identify: ({ name }, file) => identifyModule(name, file, (offered ??= interfacesOf(start))),
  };
}

/** Without it rsyslogd does not come as far as its configuration. Source: objUse(net, LM_NET_FILENAME) of rsyslogd's own classes. */
function ownModule(start: ServiceStart, directory: string): AskedPlugin[] {
  if (textInProgram(start, /\0(lmnet)\0/) === undefined) return [];
  return [
    {
      name: 'lmnet',
      file: `${directory.replace(/\/$/, '')}/lmnet.so`,
      place: { how: 'rsyslogd opens it by itself when it starts' },
      directive: '',
      severity: 'blocker',
      consequence: 'rsyslogd then does not start.',
    },
  ];
}
