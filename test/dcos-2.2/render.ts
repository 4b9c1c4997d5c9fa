import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the fixture's generator makes of a config. */
export type Generated =
  | {
      readonly config_id: string;
      readonly arguments: Readonly<Record<string, string>>;
      /** The templates as rendered, before YAML is parsed. */
      readonly raw: Readonly<Record<string, string>>;
      /** By the id of the package. */
      readonly packages: Readonly<Record<string, readonly GeneratedFile[]>>;
      readonly root: readonly GeneratedFile[];
      readonly services: readonly { readonly name: string; readonly content: string }[];
    }
  | { readonly errors: Readonly<Record<string, string>>; readonly unset: readonly string[] };

export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
  readonly permissions?: string;
}

/** Laid over a config; null takes a key out. */
export type Changes = Readonly<Record<string, unknown>>;

/** Runs a generator in CPython, with its config as it is. */
export function render(sitePackages: string, configDirectory: string): Generated {
  const [only] = renderEach(sitePackages, configDirectory, [{}]);
  if (only === undefined) throw new Error('the generator has not answered');
  return only;
}

/** Likewise, once for each change of its config. */
export function renderEach(
  sitePackages: string,
  configDirectory: string,
  changes: readonly Changes[],
): readonly Generated[] {
  const script = fileURLToPath(new URL('render.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync('python3', ['-I', script, sitePackages, configDirectory], {
    encoding: 'utf8',
    input: JSON.stringify(changes),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`the generator failed:\n${stderr}`);
  return JSON.parse(stdout) as readonly Generated[];
}

/** Why generators can't be run here; undefined when they can. */
export function whyNotRendered(): string | undefined {
  const { status } = spawnSync('python3', ['-I', '-c', 'import yaml']);
  return status === 0 ? undefined : 'there is no python3 with PyYAML';
}
