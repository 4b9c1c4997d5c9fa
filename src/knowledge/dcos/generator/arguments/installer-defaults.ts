import { evaluateModule } from '../../../../formats/python/evaluate-module.ts';
import type { DictEntry, PyValue } from '../../../../formats/python/value.ts';
import { parseYaml } from '../../../../formats/yaml/parse-yaml.ts';
import type { Origin } from '../../../../text/origin.ts';
import { placesIn } from '../../../../text/places-in.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import { type GeneratorSources, moduleSource, type SourceFile } from '../generator-sources.ts';
import { Rules } from '../rules/read-rules.ts';
import { pyValueOfYaml } from './yaml-to-python.ts';
import { evaluationInputs } from './evaluation-inputs.ts';

/** What 1.7's installer takes for an operator's values that are not given (dcos_installer/config/__init__.py). */
const DEFAULTS_AT_17 = `cluster_name: 'DCOS'
master_discovery: static
exhibitor_storage_backend: 'static'
resolvers:
- 8.8.8.8
- 8.8.4.4
ssh_port: 22
process_timeout: 10000
bootstrap_url: file:///opt/dcos_install_tmp
`;
const IP_DETECT_AT_17 = '/genconf/ip-detect';
const SSH_KEY_AT_17 = '/genconf/ssh_key';
const ADDED: Origin = { kind: 'derived', rule: 'the installer adds it' };

/**
 * An operator's config (a dict) with what the installer adds to it before it hands it on. Up to 1.8.0 that are
 * defaults below it, and over it where the scripts lie that it wants, the bootstrap id and the provider; then the
 * provider alone; from 1.9 on nothing. `bootstrapId` is that of the installer's environment.
 */
export function withInstallerDefaults(
  sources: GeneratorSources,
  config: PyValue,
  bootstrapId: TracedText | undefined,
): PyValue {
  const rules = new Rules(sources);
  if (rules.isResolver || config.kind !== 'dict') return config;
  const provider = added('provider', 'onprem');
  const own = config.cell.entries;
  if (hasOnlyProvider(rules)) return dictOf([own, provider]);
  const installer = moduleSource(sources, 'dcos_installer.config');
  const hidden = [
    added('ip_detect_filename', ipDetectPath(sources)),
    added('ssh_key_path', pathOf(sources, 'SSH_KEY_PATH') ?? SSH_KEY_AT_17),
  ];
  const bootstrap = bootstrapId === undefined ? [] : [added('bootstrap_id', bootstrapId)];
  return dictOf([defaultsOf(installer), own, ...hidden, ...bootstrap, provider]);
}

/**
 * What the installer puts over any config, where that decides what a node has: at 1.7 and 1.8.0 the path of the script
 * that finds a node's address. Empty for later ones, which take the operator's.
 */
export function hiddenArguments(sources: GeneratorSources): ReadonlyMap<string, TracedText> {
  const rules = new Rules(sources);
  if (rules.isResolver || hasOnlyProvider(rules)) return new Map();
  return new Map([['ip_detect_filename', ipDetectPath(sources)]]);
}

function hasOnlyProvider({ init }: Rules): boolean {
  return init?.text.includes('def stringify_configuration(') === true;
}

function ipDetectPath(sources: GeneratorSources): TracedText {
  return pathOf(sources, 'IP_DETECT_PATH') ?? TracedText.from(IP_DETECT_AT_17, ADDED);
}

/** The YAML text that the installer's sources give as defaults. */
function defaultsOf(installer: SourceFile | undefined): ReadonlyMap<string, DictEntry> {
  const found = /defaults = """\n?([^]*?)"""/.exec(installer?.text ?? '');
  const text =
    installer === undefined || found === null
      ? TracedText.from(DEFAULTS_AT_17, { kind: 'derived', rule: "a default of 1.7's installer" })
      : TracedText.literal(
          found[1] ?? '',
          placeOf(installer, found.index + found[0].indexOf(found[1] ?? '')),
        );
  const parsed = parseYaml(text);
  const value = parsed.kind === 'document' ? pyValueOfYaml(parsed.root) : undefined;
  return value?.kind === 'dict' ? value.cell.entries : new Map();
}

function placeOf({ file, text }: SourceFile, offset: number) {
  return placesIn(file, text)(offset);
}

/** A path that the installer's sources name. */
function pathOf(sources: GeneratorSources, name: string): TracedText | undefined {
  const module = evaluateModule(
    `${sources.directory}/__main__.py`,
    `from dcos_installer.util import ${name}\n`,
    evaluationInputs(sources, {}),
  );
  const value = module.global(name);
  return value?.kind === 'str' ? value.text : undefined;
}

function added(name: string, value: string | TracedText): ReadonlyMap<string, DictEntry> {
  const text = typeof value === 'string' ? TracedText.from(value, ADDED) : value;
  const key: PyValue = { kind: 'str', text: TracedText.from(name, ADDED) };
  return new Map([[`str ${name}`, { key, value: { kind: 'str', text } }]]);
}

/** The later goes before the earlier. */
function dictOf(parts: readonly ReadonlyMap<string, DictEntry>[]): PyValue {
  return { kind: 'dict', cell: { entries: new Map(parts.flatMap((part) => [...part])) }, hops: [] };
}
