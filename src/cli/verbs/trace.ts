import { runningService } from '../../host/running-service.ts';
import { traceListText, traceText } from '../../report/terminal/trace-text.ts';
import { type TraceOptions, traceAll, traceSetting } from '../../trace/trace-setting.ts';
import { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { hostOf, type SubjectFlags, subjectOf } from '../subject.ts';
import { warnOfIgnoredLines } from '../warn-of-ignored-lines.ts';

interface TraceFlags extends OutputOptions, SubjectFlags {
  readonly showSecrets?: boolean | undefined;
}

export function trace(serviceName: string, settings: readonly string[], flags: TraceFlags): ExitCode {
  const host = hostOf(flags);
  const subject = subjectOf(host, serviceName, flags);
  const options: TraceOptions = {
    showSecrets: flags.showSecrets === true,
    observed: host.kind === 'live' ? runningService(subject.service.name)?.environment : undefined,
  };
  const screen = screenOf(flags);
  warnOfIgnoredLines(subject.service.unit);
  if (settings.length === 0) {
    const list = traceAll(subject, options);
    if (flags.json === true) printJson(list);
    else print(traceListText(screen, list.traces));
    return ExitCode.ok;
  }
  const traces = settings.map((setting) => traceSetting(subject, setting, options));
  const [only, ...more] = traces;
  if (flags.json !== true) print(traces.map((one) => traceText(screen, one)).join('\n'));
  else if (only !== undefined && more.length === 0) printJson(only);
  else printJson({ apiVersion: 'cutover/v1', kind: 'TraceList', service: subject.service.name, traces });
  return ExitCode.ok;
}
