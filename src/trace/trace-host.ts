import { CouldNotRun } from '../documents/could-not-run.ts';
import type { ServiceTraces } from '../documents/host-trace.ts';
import type { KnownHost } from '../graph/known-host.ts';
import { Subject } from '../graph/subject.ts';
import { HostError } from '../host/host.ts';
import { type HostServices, hostServices } from '../service/host-services.ts';
import { hasSetting, traceAll, traceSetting } from './trace-setting.ts';
import { errorMessage } from '../text/error-message.ts';

export interface HostTraceOptions {
  readonly showSecrets: boolean;
  /** Only these, in the services that have them; empty: all. */
  readonly settings: readonly string[];
  /** As in `TraceOptions`. */
  readonly detail: 'values' | 'table';
}

/** What is said of a host, in this order: its services one by one, then what no trace was made of. */
export type HostTracePart =
  | { readonly kind: 'service'; readonly service: ServiceTraces }
  | { readonly kind: 'not-read'; readonly unit: string; readonly reason: string }
  | { readonly kind: 'templates'; readonly templates: HostServices['templates'] };

/**
 * Traces the services of a host, each when it is asked for: a printer need not wait for the last, and none is kept.
 * What parts of values name elsewhere is not looked up, nor what the running processes have.
 */
export function* traceHost(known: KnownHost, options: HostTraceOptions): Generator<HostTracePart> {
  const { names, templates } = hostServices(known.host);
  const seen = new Set<string>();
  const notRead: HostTracePart[] = [];
  for (const name of names) {
    if (seen.has(name)) continue;
    try {
      const subject = new Subject(known.host, name, known);
      const { service } = subject;
      // An alias is traced under the name of its unit, whose files are the ones to name.
      if (service.name !== name && names.includes(service.name)) continue;
      for (const alias of service.unit.names) seen.add(alias);
      const traces = tracesOf(subject, options);
      const aliases = service.unit.names.filter((alias) => alias !== service.name);
      if (traces.length > 0) yield { kind: 'service', service: { service: service.name, aliases, traces } };
    } catch (error) {
      notRead.push({ kind: 'not-read', unit: name, reason: reasonOf(error) });
    }
  }
  yield* notRead;
  yield { kind: 'templates', templates };
}

/** Whatever one service runs into, the others are traced: half a document is of no use. */
function reasonOf(error: unknown): string {
  if (error instanceof CouldNotRun || error instanceof HostError) return error.message;
  return `an error in Cutover: ${errorMessage(error)}`;
}

/** What a `HostTrace` says that it has not looked at. */
export const HOST_NOT_EXAMINED: readonly string[] = [
  'what parts of the values name elsewhere (modules, libraries): cutover trace SERVICE SETTING',
  'whether the running processes have these values: cutover trace SERVICE',
];

function tracesOf(
  subject: Subject,
  { showSecrets, settings, detail }: HostTraceOptions,
): ServiceTraces['traces'] {
  const options = { showSecrets, detail };
  if (settings.length === 0) return traceAll(subject, options).traces;
  return settings
    .filter((setting) => hasSetting(subject, setting))
    .map((setting) => traceSetting(subject, setting, options));
}
