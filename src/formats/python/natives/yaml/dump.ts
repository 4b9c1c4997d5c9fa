import { TracedText } from '../../../../text/traced-text.ts';
import { isTrue, order } from '../../compare-values.ts';
import { Raised, Undecidable } from '../../faults.ts';
import type { NativeCall, NativeFunction } from '../../interpreter.ts';
import { NONE, entriesOf, itemsOf, pyStr, undecidable } from '../../make.ts';
import { integerOf, onlyArguments, required, textOf, typeName } from '../../native-arguments.ts';
import { showFloat } from '../../show.ts';
import type { PyDict, PySequence, PyValue } from '../../value.ts';
import { emitDocument } from './emitter.ts';
import type { ScalarStyle, ScalarTag, YamlMapping, YamlNode, YamlSequence } from './node.ts';

const DEEPEST = 100;
const OPTIONS = [
  'data',
  'stream',
  'default_style',
  'default_flow_style',
  'indent',
  'width',
  'allow_unicode',
  'explicit_start',
  'explicit_end',
  'sort_keys',
];

/**
 * `yaml.dump(value, …)` of texts, numbers, lists and dicts, as PyYAML 3.11 to 6.0 lay it out. Texts keep their
 * origins, also where they are escaped or folded.
 */
export const yamlDump: NativeFunction = (call) => dump(call, false);

/** `yaml.safe_dump(value, …)`: likewise, and a tuple is a list. */
export const yamlSafeDump: NativeFunction = (call) => dump(call, true);

function dump(call: NativeCall, isSafe: boolean): PyValue {
  onlyArguments(call, 1, OPTIONS);
  const option = (name: string) => call.keywords.get(name) ?? NONE;
  if (option('stream').kind !== 'none') undecidable('yaml.dump() into a stream', call.at);
  const root = new Representer(call, isSafe).node(required(call, 0, 'data'));
  const indent = option('indent').kind === 'none' ? 2 : integerOf(option('indent'), call);
  const width = option('width').kind === 'none' ? 80 : integerOf(option('width'), call);
  const best = indent > 1 && indent < 10 ? indent : 2;
  const layout = {
    indent: best,
    width: width > best * 2 ? width : 80,
    allowUnicode: isTrue(option('allow_unicode')),
    explicitStart: isTrue(option('explicit_start')),
    explicitEnd: isTrue(option('explicit_end')),
  };
  return pyStr(emitDocument(root, layout, call), call.at);
}

/** The upper half of PyYAML: values to nodes; a list or dict that occurs twice becomes one node. */
class Representer {
  readonly #call: NativeCall;
  readonly #isSafe: boolean;
  readonly #style: ScalarStyle | undefined;
  readonly #sortsKeys: boolean;
  readonly #represented = new Map<object, YamlNode>();

  constructor(call: NativeCall, isSafe: boolean) {
    this.#call = call;
    this.#isSafe = isSafe;
    this.#style = styleOf(call);
    const sortKeys = call.keywords.get('sort_keys');
    this.#sortsKeys = sortKeys === undefined || isTrue(sortKeys);
  }

  node(value: PyValue, depth = 0): YamlNode {
    this.#call.interpreter.spend(1);
    if (depth > DEEPEST) return undecidable('nested too deeply for yaml.dump', this.#call.at);
    switch (value.kind) {
      case 'str':
        return { kind: 'scalar', tag: 'str', text: value.text, style: this.#style };
      case 'int':
        return this.#scalar('int', String(value.value));
      case 'float':
        return this.#scalar('float', yamlFloat(value.value));
      case 'bool':
        return this.#scalar('bool', value.value ? 'true' : 'false');
      case 'none':
        return this.#scalar('null', 'null');
      case 'list':
        return this.#once(value, () => this.#sequence(value, depth));
      case 'tuple':
        if (this.#isSafe) return this.#once(value, () => this.#sequence(value, depth));
        break;
      case 'dict':
        return this.#once(value, () => this.#mapping(value, depth));
      case 'unknown':
        throw new Undecidable(value);
      default:
        break;
    }
    return undecidable(`yaml.dump() of ${typeName(value)} isn't evaluated`, this.#call.at);
  }

  #scalar(tag: ScalarTag, text: string): YamlNode {
    const { at } = this.#call;
    const traced = TracedText.from(text, { kind: 'derived', rule: at.text, place: at.place });
    return { kind: 'scalar', tag, text: traced, style: this.#style };
  }

  #once(value: PySequence | PyDict, make: () => YamlNode): YamlNode {
    const made = this.#represented.get(value.cell) ?? make();
    this.#represented.set(value.cell, made);
    return made;
  }

  #sequence(value: PySequence, depth: number): YamlNode {
    const node: YamlSequence = { kind: 'seq', items: [], flow: false };
    this.#represented.set(value.cell, node);
    for (const item of itemsOf(value, this.#call)) node.items.push(this.node(item, depth + 1));
    node.flow = this.#isFlow(node.items);
    return node;
  }

  #mapping(value: PyDict, depth: number): YamlNode {
    const node: YamlMapping = { kind: 'map', entries: [], flow: false };
    this.#represented.set(value.cell, node);
    for (const entry of this.#sorted(value)) {
      node.entries.push([this.node(entry.key, depth + 1), this.node(entry.value, depth + 1)]);
    }
    node.flow = this.#isFlow(node.entries.flat());
    return node;
  }

  /** Keys that have no order are left as they are. */
  #sorted(value: PyDict): ReturnType<typeof entriesOf> {
    const entries = entriesOf(value, this.#call);
    if (!this.#sortsKeys) return entries;
    try {
      return [...entries].sort((a, b) => order(a.key, b.key, this.#call));
    } catch (error) {
      if (error instanceof Raised && error.exception.type === 'TypeError') return entries;
      throw error;
    }
  }

  /** Whether a list or dict stands in brackets: `None` leaves it to its content being plain scalars alone. */
  #isFlow(children: readonly YamlNode[]): boolean {
    const option = this.#call.keywords.get('default_flow_style');
    if (option !== undefined && option.kind !== 'none') return isTrue(option);
    const isFlat = children.every((child) => child.kind === 'scalar' && child.style === undefined);
    if (option === undefined && isFlat && children.length > 0) {
      return undecidable(
        'yaml.dump() without default_flow_style: PyYAML before 5.1 and since lay it out differently',
        this.#call.at,
      );
    }
    return isFlat;
  }
}

function styleOf(call: NativeCall): ScalarStyle | undefined {
  const option = call.keywords.get('default_style') ?? NONE;
  if (option.kind === 'none') return undefined;
  const style = textOf(option, call).toString();
  if (style === '') return undefined;
  if (style === '"' || style === "'" || style === '|') return style;
  return undecidable(`yaml.dump() with default_style ${style}`, call.at);
}

function yamlFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const shown = showFloat(value);
  return shown.includes('.') ? shown : shown.replace('e', '.0e');
}
