import { spawnSync } from 'node:child_process';
import { evaluateModule } from '../../../src/formats/python/evaluate-module.ts';
import type { TracedText } from '../../../src/text/traced-text.ts';

/** Prints, for each expression of a JSON list, its `str()` or the exception that it raises, with its message. */
const EVALUATE = `
import json, sys
source, expressions = json.load(sys.stdin)
names = {}
exec(source, names)

def outcome(expression):
    try:
        return ['value', str(eval(expression, names))]
    except Exception as error:
        return ['raised', type(error).__name__, '' if isinstance(error, TypeError) else str(error)]

json.dump([outcome(expression) for expression in expressions], sys.stdout)
`;

export type Outcome = readonly string[];

/** The version of the python3 that is here and has these modules; undefined, with a warning, without one. */
export function pythonWith(modules: readonly string[]): string | undefined {
  const imports = ['sys', ...modules].join(', ');
  const { status, stdout } = spawnSync(
    'python3',
    ['-c', `import ${imports}; print(sys.version.split()[0])`],
    {
      encoding: 'utf8',
    },
  );
  if (status === 0) return stdout.trim();
  console.warn(
    `SKIPPED: without a python3 that has ${modules.join(', ')} nothing compares our Python with CPython`,
  );
  return undefined;
}

/** What CPython makes of each expression, after executing `source`. */
export function theirOutcomes(source: string, expressions: readonly string[]): Outcome[] {
  const { stdout, stderr, status } = spawnSync('python3', ['-W', 'ignore', '-c', EVALUATE], {
    input: JSON.stringify([source, expressions]),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 30_000,
  });
  if (status !== 0) throw new Error(stderr);
  const outcomes: unknown = JSON.parse(stdout);
  if (!Array.isArray(outcomes)) throw new Error('python3 printed no list');
  return outcomes.map((outcome: unknown) => (Array.isArray(outcome) ? outcome.map(String) : []));
}

const MANY_STEPS = 1_000_000_000;

/** The texts that `str(expression)` are, with their origins; or the other outcomes: `unknown` with the reason. */
export function ourTexts(source: string, expressions: readonly string[]): (TracedText | Outcome)[] {
  const functions = expressions.map(
    (expression, index) => `def f${index}():\n    return str(${expression})\n`,
  );
  const module = evaluateModule('f.py', `${source}\n${functions.join('\n')}`, {}, MANY_STEPS);
  return expressions.map((_, index) => {
    const f = module.global(`f${index}`);
    if (f?.kind !== 'function') return ['fault', f?.kind === 'unknown' ? f.reason : ''];
    const result = module.call(f, new Map());
    if (result.kind === 'raised') {
      const type = result.type.replace(/^.*\./, '');
      return ['raised', type, type === 'TypeError' ? '' : result.message];
    }
    if (result.value.kind === 'str') return result.value.text;
    return [result.value.kind, result.value.kind === 'unknown' ? result.value.reason : ''];
  });
}

/** The text of one expression; throws where it comes to none. */
export function ourText(source: string, expression: string): TracedText {
  const [text] = ourTexts(source, [expression]);
  if (text === undefined || !('slices' in text)) throw new Error(`${expression}: ${text?.join(' ')}`);
  return text;
}

/** What we make of each expression, as CPython's outcomes are. The messages of a TypeError are left out. */
export function ourOutcomes(source: string, expressions: readonly string[]): Outcome[] {
  return ourTexts(source, expressions).map((text) => ('slices' in text ? ['value', text.toString()] : text));
}

/** The expressions on which we and CPython differ. `mayBeUnknown`: giving up is no difference. */
export function differences(
  source: string,
  expressions: readonly string[],
  { mayBeUnknown = false }: { readonly mayBeUnknown?: boolean } = {},
): object[] {
  const theirs = theirOutcomes(source, expressions);
  const ours = ourOutcomes(source, expressions);
  return expressions.flatMap((expression, index) => {
    const [our, their] = [ours[index], theirs[index]];
    if (mayBeUnknown && our?.[0] === 'unknown') return [];
    return JSON.stringify(our) === JSON.stringify(their) ? [] : [{ expression, our, their }];
  });
}

/** A text as a Python literal. */
export function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[\ud800-\udfff\u007f-\uffff]/g,
    (unit, offset: number, whole: string) => {
      const point = whole.codePointAt(offset) ?? 0;
      if (point > 0xffff) return `\\U${point.toString(16).padStart(8, '0')}`;
      const before = whole.codePointAt(offset - 1) ?? 0;
      if (/[\udc00-\udfff]/.test(unit) && before > 0xffff) return '';
      return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    },
  );
}
