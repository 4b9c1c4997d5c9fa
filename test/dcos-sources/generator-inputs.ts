import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { TracedText } from '../../src/text/traced-text.ts';

/** The environment and working directory of the machine that the generator ran on, as far as it asks for them. */
export interface GeneratorMachine {
  readonly environment: ReadonlyMap<string, string>;
  /** By path, relative to the working directory. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * That machine, rebuilt from the arguments that it computed: the environment from those that are nothing else, the
 * build's package list from `package_ids`, and each script from its `…_contents`, which is its text as YAML.
 * @param configs a directory that may hold the scripts themselves; they go before what is rebuilt
 */
export function machineOf(
  computed: ReadonlyMap<string, string>,
  extra: Readonly<Record<string, string>>,
  configs: string,
): GeneratorMachine {
  const variant = computed.get('bootstrap_variant') ?? '';
  const files = new Map<string, string>();
  const packages = computed.get('package_ids');
  const bootstrap = computed.get('bootstrap_id') ?? '';
  if (packages !== undefined) {
    const built = JSON.stringify({ bootstrap, packages: builtPackages(packages) });
    files.set(`artifacts/complete/${variant === '' ? '' : `${variant}.`}complete.latest.json`, built);
  }
  for (const [name, contents] of computed) {
    const script = /^(.*)_contents$/.exec(name)?.[1];
    const path = script === undefined ? undefined : computed.get(`${script}_filename`);
    if (path === undefined || path === '') continue;
    const text: unknown = parse(contents, { version: '1.1' });
    if (typeof text === 'string') files.set(path, text);
  }
  const given = join(configs, 'ip-detect');
  if (existsSync(given))
    files.set(computed.get('ip_detect_filename') ?? 'genconf/ip-detect', readFileSync(given, 'utf8'));
  for (const [path, text] of Object.entries(extra)) files.set(path, text);
  return {
    environment: new Map([
      ['BOOTSTRAP_ID', bootstrap],
      ['BOOTSTRAP_VARIANT', variant],
      ['DCOS_IMAGE_COMMIT', computed.get('dcos_image_commit') ?? ''],
    ]),
    files,
  };
}

/** Without the package of the operator's own checks, which the generator adds itself. */
function builtPackages(ids: string): unknown[] {
  const list: unknown = JSON.parse(ids);
  if (!Array.isArray(list)) return [];
  return list.filter((id) => typeof id !== 'string' || !id.startsWith('custom-check-bins--'));
}

/** What the evaluator asks for. A file that isn't known is certainly not there. */
export function inputsOf(machine: GeneratorMachine) {
  const input = (name: string, text: string | undefined) =>
    text === undefined ? null : TracedText.from(text, { kind: 'input', name });
  return {
    environmentVariable: (name: string) => input(name, machine.environment.get(name)),
    fileContent: (path: string) => input(path, machine.files.get(normal(path))),
    directory: (path: string) => namesIn(machine, `${normal(path).replace(/\/$/, '')}/`),
  };
}

function namesIn(machine: GeneratorMachine, directory: string): readonly string[] | null {
  const below = [...machine.files.keys()].filter((path) => path.startsWith(directory));
  const names = below.map((path) => path.slice(directory.length).split('/')[0] ?? '');
  return names.length === 0 ? null : [...new Set(names)].sort();
}

function normal(path: string): string {
  return path.replace(/^\.\//, '').replaceAll(/\/{2,}/g, '/');
}
