import { type ExprNode, type StmtNode, walk } from 'py-ast';
import { parsePython } from '../../../../formats/python/parse-python.ts';
import type { PythonSource, Span } from '../../../../formats/python/python-source.ts';
import { TracedText } from '../../../../text/traced-text.ts';
import type { SourceFile } from '../generator-sources.ts';
import { LocalStrings } from './local-strings.ts';

/** What the generator sets up itself before it resolves the arguments. */
export interface Preparation {
  readonly builtins: readonly Builtin[];
  readonly templates: readonly string[];
  readonly needed: readonly string[];
}

/** An argument that the generator adds itself (`add_builtin`). */
export interface Builtin {
  readonly name: string;
  readonly value: BuiltinValue;
  /** The call that adds it. */
  readonly at: Span | undefined;
}

export type BuiltinValue =
  | { readonly kind: 'list'; readonly items: readonly TracedText[] }
  | { readonly kind: 'text'; readonly text: TracedText }
  /** What the operator gave. */
  | { readonly kind: 'user-arguments' }
  /** A hash over all setters but its own. */
  | { readonly kind: 'sources-id' }
  | { readonly kind: 'unknown'; readonly reason: string };

const TEMPLATES = ['dcos-config.yaml', 'cloud-config.yaml', 'dcos-metadata.yaml', 'dcos-services.yaml'];

/** What there is at 1.7, for sources that come without gen/__init__.py. */
const ASSUMED: Preparation = {
  builtins: [
    { name: 'template_filenames', value: assumed(TEMPLATES), at: undefined },
    { name: 'package_names', value: assumed(['dcos-config', 'dcos-metadata']), at: undefined },
    { name: 'user_arguments', value: { kind: 'user-arguments' }, at: undefined },
  ],
  templates: TEMPLATES,
  needed: [],
};

function assumed(items: readonly string[]): BuiltinValue {
  const origin = { kind: 'derived', rule: 'the generator says it itself' } as const;
  return { kind: 'list', items: items.map((item) => TracedText.from(item, origin)) };
}

/** Reads the function of gen/__init__.py that calls `add_builtin`. */
export function readPreparation(
  init: SourceFile | undefined,
  readBeside: (name: string) => SourceFile | undefined,
): Preparation {
  const parsed = init === undefined ? undefined : parsePython(init.file, init.text);
  if (parsed?.kind !== 'module') return ASSUMED;
  const adding = functionThatSays(parsed.body, parsed.source, 'add_builtin(');
  if (adding === undefined) return ASSUMED;
  const strings = new LocalStrings(adding, parsed.source, () => readBeside('pkgpanda/constants.py'));
  const calls = [...walk(adding)].filter((node) => node.nodeType === 'Call').sort(byLine);
  return {
    builtins: calls.flatMap((call) => {
      const [name, value] = call.args;
      if (call.func.nodeType !== 'Name' || call.func.id !== 'add_builtin') return [];
      if (name?.nodeType !== 'Constant' || typeof name.value !== 'string' || value === undefined) return [];
      return [{ name: name.value, value: valueOf(value, strings), at: parsed.source.span(call) }];
    }),
    templates: strings.listNamed('template_filenames')?.map(String) ?? TEMPLATES,
    needed: calls.flatMap((call) => {
      const [variables] = call.args;
      if (call.func.nodeType !== 'Attribute' || call.func.attr !== 'Target') return [];
      return variables?.nodeType === 'Set'
        ? variables.elts.flatMap((name) => strings.textOf(name)?.toString() ?? [])
        : [];
    }),
  };
}

/** The function whose own text has `needle` in it. */
function functionThatSays(body: readonly StmtNode[], source: PythonSource, needle: string) {
  for (const statement of body) {
    if (statement.nodeType !== 'FunctionDef') continue;
    const { from, to } = source.range(statement);
    if (source.text.slice(from, to).includes(needle)) return statement;
  }
  return undefined;
}

function valueOf(value: ExprNode, strings: LocalStrings): BuiltinValue {
  if (value.nodeType === 'Name' && value.id === 'user_arguments') return { kind: 'user-arguments' };
  if (value.nodeType === 'Call' && value.func.nodeType === 'Name' && value.func.id === 'hash_checkout') {
    return { kind: 'sources-id' };
  }
  const text = strings.textOf(value);
  if (text !== undefined) return { kind: 'text', text };
  const items = strings.listOf(value);
  if (items !== undefined) return { kind: 'list', items };
  return { kind: 'unknown', reason: 'the generator sets it itself, in a way that is not followed' };
}

function byLine(
  a: { lineno: number; col_offset: number },
  b: { lineno: number; col_offset: number },
): number {
  return a.lineno - b.lineno || a.col_offset - b.col_offset;
}
