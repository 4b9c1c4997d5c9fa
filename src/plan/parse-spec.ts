import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { CouldNotRun } from '../documents/could-not-run.ts';
import { type Spec, specSchema } from './spec.ts';
import { type SpecProblem, specProblems } from './spec-problems.ts';
import { contradictions } from './spec-contradictions.ts';

const NEXT = 'docs/format/spec.md describes every key.';
const MAX_ALIASES = 0; // an alias could stand for a file of any size, and a spec needs none

/** Reads a `cutover.yaml`. Throws `CouldNotRun` at the first problem, with its place; nothing is half read. */
export function parseSpec(file: string, text: string): Spec {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, logLevel: 'silent' });
  const fail = (offset: number, what: string): never => {
    const { line, col } = lines.linePos(offset);
    throw new CouldNotRun(what, {
      place: { file, line: Math.max(1, line), column: Math.max(1, col) },
      next: NEXT,
    });
  };
  const [error] = document.errors;
  if (error !== undefined)
    fail(error.pos[0], error.message.split('\n')[0]?.replace(/ at line .*$/, '') ?? 'not YAML');
  if (document.contents === null) fail(0, 'the spec is empty');
  const parsed = specSchema.safeParse(plainValue(document, fail), { reportInput: true });
  const problems = parsed.success ? contradictions(parsed.data) : specProblems(parsed.error.issues);
  const placed = problems.map((problem) => ({ ...problem, offset: offsetOf(document.contents, problem) }));
  const [first] = placed.sort(
    (a, b) => Number(a.missing ?? false) - Number(b.missing ?? false) || a.offset - b.offset,
  );
  if (first !== undefined) fail(first.offset, first.message);
  if (!parsed.success) throw new TypeError('a spec that does not parse has a problem');
  return parsed.data;
}

function plainValue(
  document: ReturnType<typeof parseDocument>,
  fail: (offset: number, what: string) => never,
): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    return fail(0, 'a spec has no aliases (*name): write the value out');
  }
}

/** Where a problem stands: its key, its value, or the nearest thing around it that is there. */
function offsetOf(root: Node | null, { path, key }: SpecProblem): number {
  let node: Node | null = root;
  for (const part of path) {
    const next: unknown = isMap(node) || (node !== null && 'get' in node) ? node.get(part, true) : undefined;
    if (!isNode(next)) break;
    node = next;
  }
  if (key !== undefined && isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (isNode(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  return node?.range?.[0] ?? 0;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}
