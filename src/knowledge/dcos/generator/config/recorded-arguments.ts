import { parseJson } from '../../../../formats/json/parse-json.ts';
import { type Host, HostError } from '../../../../host/host.ts';
import { placesIn } from '../../../../text/places-in.ts';
import { TracedText } from '../../../../text/traced-text.ts';

const LARGEST_RECORD = 8 * 1024 * 1024;
/** From 1.9.x on the first holds secrets too and only root reads it; the other is all that 1.8 has. */
const RECORDS = ['/opt/mesosphere/etc/expanded.config.full.json', '/opt/mesosphere/etc/expanded.config.json'];

/** The arguments that the generator computed for a node, as it wrote them down there (1.8 and later). */
export interface RecordedArguments {
  readonly file: string;
  /** By name; each an input from its place in the file. */
  readonly values: ReadonlyMap<string, TracedText>;
}

/** Undefined on a node that has no record, as those of 1.7; a record that is broken is a fault. */
export function readRecordedArguments(
  host: Host,
): RecordedArguments | { readonly fault: string } | undefined {
  let fault: string | undefined;
  for (const file of RECORDS) {
    const read = readRecord(host, file);
    if (read === undefined) continue;
    if ('values' in read) return read;
    fault ??= read.fault;
  }
  return fault === undefined ? undefined : { fault };
}

function readRecord(host: Host, file: string): RecordedArguments | { readonly fault: string } | undefined {
  let text: string;
  try {
    text = new TextDecoder().decode(host.readFile(file, LARGEST_RECORD));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return error.reason === 'absent' ? undefined : { fault: error.message };
  }
  const json = parseJson(text, placesIn(file, text));
  if (json.kind === 'malformed') {
    return { fault: `${file}:${json.place.line}:${json.place.column}: ${json.reason}` };
  }
  if (json.kind !== 'object') return { fault: `${file}: no JSON object` };
  const values = new Map<string, TracedText>();
  for (const { key, value } of json.members) {
    if (value.kind !== 'string') continue;
    const { place } = value;
    values.set(key.value, TracedText.from(value.value, { kind: 'input', name: key.value, place }));
  }
  return { file, values };
}
