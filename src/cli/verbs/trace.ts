import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { Subject } from '../../graph/subject.ts';
import type { Host } from '../../host/host.ts';
import { RememberingHost } from '../../host/remembering-host.ts';
import { systemdSays, systemdSaysMeanwhile } from '../../host/systemd-says.ts';
import type { Screen } from '../../report/terminal/screen.ts';
import { traceTable } from '../../report/terminal/trace-table.ts';
import { traceText } from '../../report/terminal/trace-text.ts';
import { unitName } from '../../service/load-unit.ts';
import { refuseLineOfService } from '../../trace/refuse-line-of-service.ts';
import { type TraceOptions, traceAll, traceSetting } from '../../trace/trace-setting.ts';
import { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { hostOf } from '../host-of.ts';
import { type SubjectFlags, subjectOf } from '../subject.ts';
import { warnOfIgnoredLines } from '../warn-of-ignored-lines.ts';
import { warnOfMissingFiles } from '../warn-of-missing-files.ts';
import { warnOfRefusedUnit } from '../warn-of-refused-unit.ts';
import { printFileTrace } from './trace-file.ts';
import { printHostTrace } from './trace-host.ts';
import { printWhyNot } from './trace-why-not.ts';
import { shellWord } from '../../text/shell-word.ts';

export interface TraceFlags extends OutputOptions, SubjectFlags {
  readonly all?: boolean | undefined;
  readonly showSecrets?: boolean | undefined;
  readonly whyNot?: string | undefined;
}

/** What is asked: all services (`--all`), a file (it has a slash), or a service; then settings, none for all. */
export async function trace(
  asked: string | undefined,
  settings: readonly string[],
  flags: TraceFlags,
): Promise<ExitCode> {
  const host = new RememberingHost(hostOf(flags));
  const screen = screenForTraces(flags);
  if (flags.whyNot !== undefined) {
    if (flags.all === true || settings.length > 0) {
      throw new CouldNotRun('--why-not is asked of one service and one file', {
        next: `cutover trace ${shellWord(asked ?? 'SERVICE')} --why-not ${shellWord(flags.whyNot)}`,
      });
    }
    return printWhyNot(host, asked, flags.whyNot, flags, screen);
  }
  if (flags.all === true) {
    return printHostTrace(host, asked === undefined ? [] : [asked, ...settings], flags, screen);
  }
  if (asked === undefined) {
    throw new CouldNotRun('trace of what?', {
      next: 'cutover trace SERVICE [SETTING…], cutover trace FILE[:LINE[:COLUMN]], or cutover trace --all',
    });
  }
  if (!asked.includes('/')) return printServiceTrace(host, asked, settings, flags, screen);
  if (settings.length > 0) {
    throw new CouldNotRun(`${asked} is a file, and ${settings.join(' ')} a setting of a service`, {
      next: `cutover trace ${shellWord(asked)}    or    cutover trace SERVICE ${settings.map(shellWord).join(' ')}`,
    });
  }
  return printFileTrace(host, asked, flags, screen);
}

async function printServiceTrace(
  host: Host,
  serviceName: string,
  settings: readonly string[],
  flags: TraceFlags,
  screen: Screen,
): Promise<ExitCode> {
  refuseLineOfService(host, serviceName);
  const unit = unitName(serviceName);
  const meanwhile = host.kind === 'live' ? systemdSaysMeanwhile(unit) : undefined;
  const subject = subjectOf(host, serviceName, flags);
  const service = subject.service.name;
  const options: TraceOptions = {
    showSecrets: flags.showSecrets === true,
    says: service === unit || meanwhile === undefined ? await meanwhile : systemdSays(service),
  };
  warnOfIgnoredLines(subject.service.unit);
  warnOfRefusedUnit(subject);
  if (settings.length === 0) {
    warnOfMissingFiles(subject);
    if (flags.json === true) printJson(traceAll(subject, options));
    else print(traceTable(screen, traceAll(subject, { ...options, detail: 'table' })));
    return ExitCode.ok;
  }
  if (flags.json !== true) return printTraces(subject, settings, options, screen);
  const traces = settings.map((setting) => traceSetting(subject, setting, options));
  const [only, ...more] = traces;
  if (only !== undefined && more.length === 0) printJson(only);
  else printJson({ apiVersion: 'cutover/v1', kind: 'TraceList', service, traces });
  return ExitCode.ok;
}

/** Those that are known, whichever of them is not; that one is told after them. */
function printTraces(
  subject: Subject,
  settings: readonly string[],
  options: TraceOptions,
  screen: Screen,
): ExitCode {
  const unknown: CouldNotRun[] = [];
  const texts = settings.flatMap((setting) => {
    try {
      return [traceText(screen, traceSetting(subject, setting, options))];
    } catch (error) {
      if (!(error instanceof CouldNotRun)) throw error;
      unknown.push(error);
      return [];
    }
  });
  if (texts.length > 0) print(texts.join('\n'));
  const [first] = unknown;
  if (first !== undefined) throw first;
  return ExitCode.ok;
}

const USUAL_WIDTH = 80;

/** A table has columns in a pipe, too. */
function screenForTraces(flags: TraceFlags): Screen {
  const screen = screenOf(flags);
  return { ...screen, width: screen.width ?? USUAL_WIDTH };
}
