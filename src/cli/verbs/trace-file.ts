import type { Host } from '../../host/host.ts';
import { fileTraceText } from '../../report/terminal/file-trace-text.ts';
import type { Screen } from '../../report/terminal/screen.ts';
import { parseFileAddress } from '../../trace/file/parse-file-address.ts';
import { traceFile } from '../../trace/file/trace-file.ts';
import { ExitCode } from '../exit-code.ts';
import { print, printJson } from '../output.ts';
import { knownHostOf } from '../subject.ts';
import { whereAsked } from '../where-asked.ts';
import type { TraceFlags } from './trace.ts';

/** `cutover trace FILE[:LINE[:COLUMN]]`. */
export function printFileTrace(host: Host, asked: string, flags: TraceFlags, screen: Screen): ExitCode {
  const address = parseFileAddress(host, asked, whereAsked(host, flags));
  const trace = traceFile(knownHostOf(host, flags), address, { showSecrets: flags.showSecrets === true });
  if (flags.json === true) printJson(trace);
  else print(fileTraceText(screen, trace));
  return ExitCode.ok;
}
