import { z } from 'zod';
import { nearest } from '../text/nearest.ts';
import { specSchema } from './spec.ts';

export interface SpecProblem {
  /** The way to the value, from the top. */
  readonly path: readonly (string | number)[];
  /** The key in that value that is meant, rather than the value. */
  readonly key?: string;
  readonly message: string;
  /** A key is not there; told last, since a misspelt one tells more. */
  readonly missing?: boolean;
}

/** What is wrong with a spec, for people. The issues must have been reported with their input. */
export function specProblems(issues: readonly z.core.$ZodIssue[]): SpecProblem[] {
  return issues.flatMap((issue): SpecProblem[] => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path, key, message: unknownKey(key, keysAt(path)) }));
    }
    const missing = issue.input === undefined;
    return [
      {
        path,
        ...keyOf(issue, path),
        message: `${nameOf(path)} ${missing ? 'is missing' : complaint(issue)}`,
        missing,
      },
    ];
  });
}

/** A variable's name is itself the key that is wrong. */
function keyOf(
  issue: z.core.$ZodIssue,
  path: readonly (string | number)[],
): { path?: SpecProblem['path']; key?: string } {
  const last = path.at(-1);
  return issue.code === 'invalid_key' && typeof last === 'string'
    ? { path: path.slice(0, -1), key: last }
    : {};
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return `unknown key '${key}'${near === undefined ? `; known here: ${known.join(', ')}` : `; did you mean '${near}'?`}`;
}

function nameOf(path: readonly (string | number)[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return text === '' ? 'the spec' : text.replace(/^\./, '');
}

function complaint(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KIND_NAMES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      if (issue.path.at(-1) === 'archive') return 'must be an absolute path, or a list of such';
      return 'must be one of equal, contain, be-non-empty';
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

const KIND_NAMES: Record<string, string> = {
  object: 'a map of keys',
  record: 'a map of keys',
  array: 'a list',
  string: 'text',
};

/** The keys that the schema knows at a place. */
function keysAt(path: readonly (string | number)[]): string[] {
  let schema: unknown = specSchema;
  for (const part of path) {
    const at = unwrapped(schema);
    if (at instanceof z.ZodObject) schema = Reflect.get(at.shape, part);
    else if (at instanceof z.ZodArray) schema = at.element;
    else if (at instanceof z.ZodRecord) schema = at.valueType;
    else return [];
  }
  const at = unwrapped(schema);
  if (at instanceof z.ZodObject) return Object.keys(at.shape);
  return at instanceof z.ZodDiscriminatedUnion ? ['pointer', 'must', 'value'] : [];
}

function unwrapped(schema: unknown): unknown {
  let at = schema;
  while (at instanceof z.ZodOptional || at instanceof z.ZodDefault || at instanceof z.ZodPrefault)
    at = at.unwrap();
  return at;
}
