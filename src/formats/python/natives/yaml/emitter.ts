import type { TracedText } from '../../../../text/traced-text.ts';
import type { NativeCall } from '../../interpreter.ts';
import { undecidable } from '../../make.ts';
import { analyzeScalar, type ScalarAnalysis } from './analyze-scalar.ts';
import type { ScalarStyle, YamlMapping, YamlNode, YamlScalar, YamlSequence } from './node.ts';
import { resolvePlain } from './resolve-plain.ts';
import { ScalarWriter, type YamlLayout } from './scalar-writer.ts';

const LONGEST_SIMPLE_KEY = 128;
const DEEPEST = 100;

/** Where a node stands. */
interface Context {
  readonly isRoot?: boolean;
  readonly inMapping?: boolean;
  readonly isKey?: boolean;
}

export interface EmittedDocument extends YamlLayout {
  readonly explicitStart: boolean;
  readonly explicitEnd: boolean;
}

/** One document, as PyYAML's emitter lays it out (emitter.py of 3.11 to 6.0). */
export function emitDocument(root: YamlNode, layout: EmittedDocument, call: NativeCall): TracedText {
  const writer = new ScalarWriter(layout, call);
  if (layout.explicitStart) writer.indicator('---', true);
  new Emitter(writer, anchorsIn(root), call).node(root, { isRoot: true });
  writer.writeIndent();
  if (layout.explicitEnd || writer.openEnded) {
    writer.indicator('...', true);
    writer.writeIndent();
  }
  return writer.written;
}

class Emitter {
  readonly #writer: ScalarWriter;
  readonly #anchors: ReadonlyMap<YamlNode, string>;
  readonly #call: NativeCall;
  readonly #written = new Set<YamlNode>();
  #brackets = 0;
  #depth = 0;

  constructor(writer: ScalarWriter, anchors: ReadonlyMap<YamlNode, string>, call: NativeCall) {
    this.#writer = writer;
    this.#anchors = anchors;
    this.#call = call;
  }

  node(node: YamlNode, context: Context): void {
    this.#call.interpreter.spend(1);
    if (this.#depth > DEEPEST) undecidable('nested too deeply for yaml.dump', this.#call.at);
    const anchor = this.#anchors.get(node);
    if (anchor !== undefined && this.#written.has(node)) {
      this.#writer.indicator(`*${anchor}`, true);
      return;
    }
    if (anchor !== undefined) this.#writer.indicator(`&${anchor}`, true);
    this.#written.add(node);
    this.#depth += 1;
    if (node.kind === 'scalar') this.#scalar(node, context);
    else if (this.#brackets > 0 || node.flow || isEmpty(node)) this.#inBrackets(node);
    else if (node.kind === 'seq') this.#blockSequence(node, context);
    else this.#blockMapping(node);
    this.#depth -= 1;
  }

  #indented(isFlow: boolean, isIndentless: boolean, write: () => void): void {
    const before = this.#writer.indent;
    const { indent } = this.#writer.layout;
    if (before === null) this.#writer.indent = isFlow ? indent : 0;
    else if (!isIndentless) this.#writer.indent = before + indent;
    write();
    this.#writer.indent = before;
  }

  #blockSequence(node: YamlSequence, context: Context): void {
    const isIndentless = context.inMapping === true && !this.#writer.indention;
    this.#indented(false, isIndentless, () => {
      for (const item of node.items) {
        this.#writer.writeIndent();
        this.#writer.indicator('-', true, false, true);
        this.node(item, {});
      }
    });
  }

  #blockMapping(node: YamlMapping): void {
    this.#indented(false, false, () => {
      for (const [key, value] of node.entries) {
        this.#writer.writeIndent();
        if (this.#isSimpleKey(key)) {
          this.node(key, { inMapping: true, isKey: true });
          this.#writer.indicator(':', false);
        } else {
          this.#writer.indicator('?', true, false, true);
          this.node(key, { inMapping: true });
          this.#writer.writeIndent();
          this.#writer.indicator(':', true, false, true);
        }
        this.node(value, { inMapping: true });
      }
    });
  }

  #inBrackets(node: YamlSequence | YamlMapping): void {
    const writer = this.#writer;
    writer.indicator(node.kind === 'seq' ? '[' : '{', true, true);
    this.#brackets += 1;
    this.#indented(true, false, () => {
      const children = node.kind === 'seq' ? node.items : node.entries;
      for (const [index, child] of children.entries()) {
        if (index > 0) writer.indicator(',', false);
        this.#wrap();
        if ('kind' in child) this.node(child, {});
        else this.#bracketedEntry(child);
      }
    });
    this.#brackets -= 1;
    writer.indicator(node.kind === 'seq' ? ']' : '}', false);
  }

  #bracketedEntry([key, value]: readonly [YamlNode, YamlNode]): void {
    if (this.#isSimpleKey(key)) {
      this.node(key, { inMapping: true, isKey: true });
      this.#writer.indicator(':', false);
    } else {
      this.#writer.indicator('?', true);
      this.node(key, { inMapping: true });
      this.#wrap();
      this.#writer.indicator(':', true);
    }
    this.node(value, { inMapping: true });
  }

  #wrap(): void {
    if (this.#writer.column > this.#writer.layout.width) this.#writer.writeIndent();
  }

  /** Whether a key may stand before `: ` on one line. Its tag counts, although it isn't written. */
  #isSimpleKey(key: YamlNode): boolean {
    const anchor = this.#anchors.get(key);
    const tag = `!!${key.kind === 'scalar' ? key.tag : key.kind}`;
    const isAlias = anchor !== undefined && this.#written.has(key);
    let length = (anchor?.length ?? 0) + (isAlias ? 0 : tag.length);
    if (key.kind !== 'scalar') return length < LONGEST_SIMPLE_KEY && (isAlias || isEmpty(key));
    const text = key.text.toString();
    length += Array.from(text).length;
    const analysis = this.#analyze(text);
    return length < LONGEST_SIMPLE_KEY && !analysis.empty && !analysis.multiline;
  }

  #scalar(node: YamlScalar, context: Context): void {
    const text = node.text.toString();
    this.#call.interpreter.spend(text.length >> 3);
    const isImplicit = { plain: resolvePlain(text) === node.tag, quoted: node.tag === 'str' };
    const style = this.#styleOf(node, this.#analyze(text), isImplicit.plain, context);
    const isTagged = style === '' ? !isImplicit.plain : !isImplicit.quoted;
    if (isTagged) this.#writer.indicator(`!!${node.tag}`, true);
    const split = context.isKey !== true;
    this.#indented(true, false, () => {
      if (style === '"') this.#writer.doubleQuoted(node.text, split);
      else if (style === "'") this.#writer.singleQuoted(node.text, split);
      else if (style === '|') this.#writer.literal(node.text);
      else this.#writer.plain(node.text, split, context.isRoot === true);
    });
  }

  #styleOf(
    { style }: YamlScalar,
    analysis: ScalarAnalysis,
    isImplicit: boolean,
    context: Context,
  ): ScalarStyle | '' {
    const isKey = context.isKey === true;
    if (style === '"') return '"';
    if (style === undefined && isImplicit && !(isKey && (analysis.empty || analysis.multiline))) {
      if (this.#brackets > 0 ? analysis.allowFlowPlain : analysis.allowBlockPlain) return '';
    }
    if (style === '|' && this.#brackets === 0 && !isKey && analysis.allowBlock) return '|';
    const mayBeSingle = analysis.allowSingleQuoted && !(isKey && analysis.multiline);
    return style !== '|' && mayBeSingle ? "'" : '"';
  }

  #analyze(text: string): ScalarAnalysis {
    return analyzeScalar(text, this.#writer.layout.allowUnicode);
  }
}

function isEmpty(node: YamlSequence | YamlMapping): boolean {
  return node.kind === 'seq' ? node.items.length === 0 : node.entries.length === 0;
}

/** The nodes that stand in several places, each with its name, in the order in which they come a second time. */
function anchorsIn(root: YamlNode): Map<YamlNode, string> {
  const seen = new Set<YamlNode>();
  const anchors = new Map<YamlNode, string>();
  const visit = (node: YamlNode): void => {
    if (node.kind === 'scalar') return;
    if (seen.has(node)) {
      if (!anchors.has(node)) anchors.set(node, `id${String(anchors.size + 1).padStart(3, '0')}`);
      return;
    }
    seen.add(node);
    if (node.kind === 'seq') node.items.forEach(visit);
    else for (const [key, value] of node.entries) [key, value].forEach(visit);
  };
  visit(root);
  return anchors;
}
