import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { Host } from '../../host/host.ts';
import {
  type HostTraceCounts,
  hostServiceText,
  hostSummaryText,
} from '../../report/terminal/host-trace-text.ts';
import type { Screen } from '../../report/terminal/screen.ts';
import { HOST_NOT_EXAMINED, type HostTraceOptions, traceHost } from '../../trace/trace-host.ts';
import { ExitCode } from '../exit-code.ts';
import { print } from '../output.ts';
import { knownHostOf } from '../subject.ts';
import type { TraceFlags } from './trace.ts';

/**
 * `cutover trace --all [SETTING…]`. Each service is printed when it has been traced, so that no reader waits for the
 * last; when the reader has gone, the rest is left.
 */
export function printHostTrace(
  host: Host,
  settings: readonly string[],
  flags: TraceFlags,
  screen: Screen,
): ExitCode {
  const isJson = flags.json === true;
  const options: HostTraceOptions = {
    showSecrets: flags.showSecrets === true,
    settings,
    detail: isJson ? 'values' : 'table',
  };
  const counts: { services: number; settings: number } = { services: 0, settings: 0 };
  const notRead: { unit: string; reason: string }[] = [];
  const templates: string[] = [];
  for (const part of traceHost(knownHostOf(host, flags), options)) {
    if (part.kind === 'not-read') notRead.push({ unit: part.unit, reason: part.reason });
    else if (part.kind === 'templates') templates.push(...part.templates);
    else {
      if (isJson) print(`${counts.services === 0 ? OPENING : ',\n'}${indented(part.service)}`);
      else print(hostServiceText(screen, part.service, settings));
      counts.services += 1;
      counts.settings += part.service.traces.length;
      if (process.stdout.errored !== null) return ExitCode.ok;
    }
  }
  if (counts.services === 0 && settings.length > 0) throw nowhere(host, settings);
  if (isJson) print(`${counts.services === 0 ? OPENING : ''}${closing(notRead, templates)}`);
  else print(hostSummaryText(screen, { ...counts, notRead, templates } satisfies HostTraceCounts));
  return ExitCode.ok;
}

const OPENING = '{\n  "apiVersion": "cutover/v1",\n  "kind": "HostTrace",\n  "services": [\n';

/** A service as an element of the list. */
function indented(service: unknown): string {
  return JSON.stringify(service, undefined, 2).replaceAll(/^/gm, '    ');
}

function closing(notRead: readonly { unit: string; reason: string }[], templates: readonly string[]): string {
  const rest = JSON.stringify({ templates, notRead, notExamined: HOST_NOT_EXAMINED }, undefined, 2);
  return `\n  ],${rest.slice(1)}\n`;
}

function nowhere(host: Host, settings: readonly string[]): CouldNotRun {
  const where = host.kind === 'live' ? 'this machine' : 'this root';
  return new CouldNotRun(`no service of ${where} has a setting ${settings.join(' or ')}`, {
    next: 'cutover trace --all    lists all settings of all services',
  });
}
