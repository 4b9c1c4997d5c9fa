import { parseEnvironmentFile } from '../../../../formats/environment-file/parse-environment-file.ts';
import { memberOf, parseJson } from '../../../../formats/json/parse-json.ts';
import type { Inputs } from '../../../../formats/python/interpreter.ts';
import type { Host } from '../../../../host/host.ts';
import { ifReadable } from '../../../../host/if-readable.ts';
import { placesIn } from '../../../../text/places-in.ts';
import { splitLines } from '../../../../text/split.ts';
import { TracedText } from '../../../../text/traced-text.ts';

const LARGEST_INPUT = 1024 * 1024;
const INSTALL_ROOT = '/opt/mesosphere';
const VERSION = `${INSTALL_ROOT}/etc/dcos-version.json`;

/** What the generator's own machine had, as far as a node still tells it. */
export type NodeInputs = Required<Pick<Inputs, 'environmentVariable' | 'fileContent'>>;

/**
 * The inputs of the generator, found in the node's files: commit and bootstrap id in dcos-version.json, the
 * variant in the record of the arguments, and the scripts that the package dcos-config carries as bin/detect_….
 * `argument` tells an argument of the operator's config or of the record, for the names of those scripts.
 */
export function nodeInputs(host: Host, argument: (name: string) => TracedText | undefined): NodeInputs {
  return {
    environmentVariable: (name) => environmentVariable(host, name, argument),
    fileContent: (path) => scriptContent(host, path, argument),
  };
}

/** The member of dcos-version.json and the argument that tell what an environment variable was. */
const VARIABLES: ReadonlyMap<string, { readonly member?: string; readonly argument: string }> = new Map([
  ['DCOS_IMAGE_COMMIT', { member: 'dcos-image-commit', argument: 'dcos_image_commit' }],
  ['BOOTSTRAP_ID', { member: 'bootstrap-id', argument: 'bootstrap_id' }],
  ['BOOTSTRAP_VARIANT', { argument: 'bootstrap_variant' }],
]);

function environmentVariable(
  host: Host,
  name: string,
  argument: (name: string) => TracedText | undefined,
): TracedText | undefined {
  const known = VARIABLES.get(name);
  if (known === undefined) return undefined;
  const told = known.member === undefined ? undefined : versionMember(host, known.member, name);
  return told ?? argument(known.argument) ?? packageVariable(host, name);
}

function versionMember(host: Host, member: string, name: string): TracedText | undefined {
  const text = readText(host, VERSION);
  if (text === undefined) return undefined;
  const json = parseJson(text, placesIn(VERSION, text));
  const node = json.kind === 'malformed' ? undefined : memberOf(json, member);
  if (node?.kind !== 'string') return undefined;
  return TracedText.from(node.value, { kind: 'input', name, place: node.place });
}

/** What the packages put into the environment of all services (pkginfo.json of dcos-metadata, 1.7 to 2.2). */
function packageVariable(host: Host, name: string): TracedText | undefined {
  const file = `${INSTALL_ROOT}/environment`;
  const text = readText(host, file);
  if (text === undefined) return undefined;
  const found = parseEnvironmentFile(file, text).assignments.findLast(
    (assignment) => assignment.name === name,
  );
  return found === undefined
    ? undefined
    : TracedText.from(found.value.toString(), { kind: 'input', name, place: found.place });
}

/** The argument that names a script, the names it usually has, and where the node carries its content. */
const SCRIPTS = [
  { argument: 'ip_detect_filename', usual: 'ip-detect', carried: 'bin/detect_ip' },
  { argument: 'ip_detect_public_filename', usual: 'ip-detect-public', carried: 'bin/detect_ip_public' },
  { argument: 'ip6_detect_filename', usual: 'ip6-detect', carried: 'bin/detect_ip6' },
  {
    argument: 'fault_domain_detect_filename',
    usual: 'fault-domain-detect',
    carried: 'bin/detect_fault_domain',
  },
];

/** Null where the generator had no such file: a script that none of the node's packages carries. */
function scriptContent(
  host: Host,
  path: string,
  argument: (name: string) => TracedText | undefined,
): TracedText | null | undefined {
  const script =
    SCRIPTS.find((one) => argument(one.argument)?.toString() === path) ??
    SCRIPTS.find((one) => path.split('/').at(-1) === one.usual);
  if (script === undefined) return undefined;
  const file = `${INSTALL_ROOT}/${script.carried}`;
  const text = readText(host, file);
  if (text === undefined) return isAbsent(host, file) ? null : undefined;
  const written = TracedText.literal(text, { file, line: 1, column: 1 });
  return TracedText.concat(splitLines(written).map((line) => asInput(line, path)));
}

function asInput(line: TracedText, name: string): TracedText {
  return TracedText.of(
    line.slices.map((slice) => ({ ...slice, origin: { kind: 'input', name, ...placeOf(slice) } })),
  );
}

function placeOf({ origin }: TracedText['slices'][number]) {
  return origin.place === undefined ? {} : { place: origin.place };
}

function readText(host: Host, path: string): string | undefined {
  const bytes = ifReadable(() => host.readFile(path, LARGEST_INPUT));
  return bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function isAbsent(host: Host, path: string): boolean {
  return ifReadable(() => host.stat(path) === undefined) ?? false;
}
