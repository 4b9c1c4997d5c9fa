import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type JsonNode, memberOf, parseJson } from '../../src/formats/json/parse-json.ts';
import type { PyValue } from '../../src/formats/python/value.ts';
import { showPlace } from '../../src/text/place.ts';
import { placesIn } from '../../src/text/places-in.ts';
import { CouldNotRun } from '../../src/documents/could-not-run.ts';
import { pythonValue } from './python-value.ts';

/** What the real generator computed for one version: a folder of configs, and broken configs. */
export interface Expectation {
  readonly directory: string;
  readonly configs: readonly ExpectedConfig[];
  readonly broken: readonly BrokenConfig[];
}

/** One accepted config; what its folder doesn't have is not compared. */
export interface ExpectedConfig {
  readonly name: string;
  /** The operator's arguments as strings. */
  readonly userArguments: Readonly<Record<string, string>>;
  readonly arguments: ReadonlyMap<string, string>;
  readonly provenance: ReadonlyMap<string, ExpectedSetter> | undefined;
  /** SHA-256 of each rendered template, before YAML is parsed. */
  readonly raw: ReadonlyMap<string, string> | undefined;
  readonly rendered: ReadonlyMap<string, ExpectedFile> | undefined;
  /** Files that the generator's own machine had beside ip-detect, by path. */
  readonly files: Readonly<Record<string, string>>;
}

const STRINGS = z.record(z.string(), z.string());

const SETTER = z.object({
  kind: z.enum(['literal', 'function', 'late']),
  conditions: z.array(z.tuple([z.string(), z.string()])),
  is_optional: z.boolean(),
  is_user: z.boolean(),
  function: z.string().optional(),
  file: z.string().optional(),
  line: z.number().optional(),
  parameters: z.array(z.string()).optional(),
  called_with: STRINGS.optional(),
});
export type ExpectedSetter = z.infer<typeof SETTER>;

const FILE = z.object({ bytes: z.number(), mode: z.string(), sha256: z.string() });
export type ExpectedFile = z.infer<typeof FILE>;

const VERDICT = z.union([
  z.object({ status: z.literal('ok') }),
  z.object({
    status: z.literal('errors'),
    errors: z.record(z.string(), z.object({ message: z.string() })),
    unset: z.array(z.string()),
  }),
  z.object({ exception: z.string(), message: z.string(), at: z.string().nullish() }),
]);
export type ExpectedVerdict = z.infer<typeof VERDICT>;

const BROKEN = z.object({
  result: VERDICT,
  files: STRINGS.optional(),
});

export interface BrokenConfig {
  readonly name: string;
  /** What config.yaml says beside, or instead of, what minimal says; undefined for a key that it leaves out. */
  readonly delta: ReadonlyMap<string, PyValue | undefined>;
  readonly verdict: ExpectedVerdict;
  readonly files: Readonly<Record<string, string>>;
}

/** Reads such a folder. Throws `CouldNotRun` where it isn't one. */
export function readExpectation(directory: string): Expectation {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new CouldNotRun(`--expected ${directory}: there is no such directory`);
  }
  const configs = readdirSync(directory)
    .sort()
    .map((name) => join(directory, name))
    .filter((folder) =>
      ['user_arguments.json', 'arguments.json'].every((name) => existsSync(join(folder, name))),
    )
    .map((folder) => readConfig(folder));
  if (configs.length === 0) {
    throw new CouldNotRun(
      `--expected ${directory}: none of its directories has user_arguments.json and arguments.json; ` +
        'name the folder of one version, such as dcos-expected/1.10.11',
    );
  }
  return { directory, configs, broken: readBroken(join(directory, 'errors.json'), configs) };
}

function readConfig(folder: string): ExpectedConfig {
  const path = (name: string) => join(folder, `${name}.json`);
  const optional = <T>(name: string, schema: z.ZodType<T>) =>
    existsSync(path(name))
      ? new Map(Object.entries(read(path(name), z.record(z.string(), schema))))
      : undefined;
  return {
    name: basename(folder),
    userArguments: read(path('user_arguments'), STRINGS),
    arguments: new Map(Object.entries(read(path('arguments'), STRINGS))),
    provenance: optional('provenance', SETTER),
    raw: optional('raw.sha256', z.string()),
    rendered: optional('rendered.sha256', FILE),
    files: Object.fromEntries(optional('files', z.string()) ?? []),
  };
}

function readBroken(file: string, configs: readonly ExpectedConfig[]): BrokenConfig[] {
  if (!existsSync(file)) return [];
  if (!configs.some(({ name }) => name === 'minimal')) {
    throw new CouldNotRun(
      `${file} says how its configs differ from minimal, and there is no minimal beside it`,
    );
  }
  const text = readFileSync(file, 'utf8');
  const document = parseJson(text, placesIn(file, text));
  if (document.kind === 'malformed') {
    throw new CouldNotRun(`${showPlace(document.place)}: ${document.reason}`);
  }
  const linePlaces = text.split('\n');
  return Object.entries(read(file, z.record(z.string(), BROKEN))).map(([name, { result, files }]) => {
    const delta = memberOf(memberOf(document, name), 'delta');
    if (delta?.kind !== 'object') throw new CouldNotRun(`${file}: ${name} has no delta`);
    const values = delta.members.map(
      ({ key, value }) => [key.value, changed(value, linePlaces, key.value)] as const,
    );
    return { name, delta: new Map(values), verdict: result, files: files ?? {} };
  });
}

function changed(value: JsonNode, lines: readonly string[], name: string): PyValue | undefined {
  if (value.kind === 'string' && value.value === '<removed>') return undefined;
  return pythonValue(value, ({ line, column }) => (lines[line - 1] ?? '').slice(column - 1), name);
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CouldNotRun(
      `${file} can't be read as JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CouldNotRun(
    `${file} is not shaped as expected: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  );
}
