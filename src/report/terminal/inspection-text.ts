import type { EdgeKind, GraphEdge, GraphNode, Inspection, NodeKind } from '../../documents/inspection.ts';
import { evidenceText } from './evidence-text.ts';
import { paragraph, wrap } from './rows.ts';
import { showBytes } from '../../text/show-bytes.ts';
import { paint, type Screen, safe } from './screen.ts';

export interface InspectionView {
  /** Kinds of nodes to show; empty for all. */
  readonly only: readonly NodeKind[];
  /** Levels below the service; undefined for all. */
  readonly depth: number | undefined;
}

/** What a service depends on and what depends on it, as a tree with the evidence of each edge. */
export function inspectionText(screen: Screen, inspection: Inspection, view: InspectionView): string {
  const tree = new Tree(screen, inspection, view);
  const lines = [
    paint(screen, 'bold', safe(inspection.service)),
    ...tree.below(`service:${inspection.service}`, '', 1),
    '',
    ...inspection.notExamined.flatMap((what) => paragraph(screen, `not examined: ${safe(what)}`, 0)),
  ];
  return `${lines.join('\n')}\n`;
}

/** In the order they are shown. */
const LABELS: readonly (readonly [EdgeKind, string])[] = [
  ['configured-by', 'configured by'],
  ['sets', 'sets'],
  ['runs-as', 'runs as'],
  ['starts', 'starts'],
  ['sources', 'sources'],
  ['loads', 'loads'],
  ['provides', 'provides'],
  ['needs', 'needs'],
  ['runs', 'runs now'],
  ['listens-on', 'listens now'],
  ['connects-to', 'connected now'],
  ['still-maps', 'still uses what was deleted or replaced'],
  ['names', 'names'],
  ['keeps-state-in', 'keeps state in'],
  ['pulls-in', 'pulls in'],
  ['relates-to', 'other units'],
];

interface Child {
  readonly node: GraphNode;
  readonly evidence: GraphEdge['evidence'];
  readonly label?: string | undefined;
}

interface Group {
  readonly label: string;
  readonly children: readonly Child[];
  /** How many more there are, which an earlier list shows. */
  readonly above?: number;
}

class Tree {
  readonly #screen: Screen;
  readonly #view: InspectionView;
  readonly #nodes: ReadonlyMap<string, GraphNode>;
  readonly #from: Map<string, GraphEdge[]> = new Map();
  readonly #referrers: readonly GraphEdge[];
  readonly #shown: Set<string> = new Set();

  constructor(screen: Screen, inspection: Inspection, view: InspectionView) {
    this.#screen = screen;
    this.#view = view;
    this.#nodes = new Map(inspection.nodes.map((node) => [node.id, node]));
    for (const edge of inspection.edges) {
      const known = this.#from.get(edge.from);
      if (known === undefined) this.#from.set(edge.from, [edge]);
      else known.push(edge);
    }
    this.#referrers = inspection.edges.filter((edge) => edge.kind === 'refers-to');
  }

  below(id: string, indent: string, level: number): string[] {
    if (this.#view.depth !== undefined && level > this.#view.depth) return [];
    const groups = this.#groups(id, level);
    return groups.flatMap(({ label, children, above = 0 }, index) => {
      const last = index === groups.length - 1;
      const heading = `${indent}${last ? '└─ ' : '├─ '}${paint(this.#screen, 'dim', `${label} (${countText(children.length, above)})`)}`;
      const inner = `${indent}${last ? '   ' : '│  '}`;
      return [
        heading,
        ...children.flatMap((child, at) => this.#child(child, inner, at === children.length - 1, level)),
      ];
    });
  }

  #groups(id: string, level: number): readonly Group[] {
    const edges = this.#from.get(id) ?? [];
    const groups = LABELS.map(([kind, label]): Group => {
      if (kind === 'needs') return { label, ...this.#libraries(id) };
      const children = edges
        .filter((edge) => edge.kind === kind)
        .flatMap((edge) => this.#childOf(edge.to, edge.evidence, edge.label));
      return { label, children: kind === 'starts' ? mainFirst(distinct(children)) : distinct(children) };
    });
    const referrers =
      level === 1
        ? this.#referrers.flatMap((edge) => this.#childOf(edge.from, edge.evidence, edge.label))
        : [];
    return [...groups, { label: 'referred to by', children: referrers }].filter(
      ({ children, above = 0 }) => children.length + above > 0,
    );
  }

  /**
   * All libraries that one program or module brings, in one list: who needs whom is in the document. Those that an
   * earlier list has are only counted.
   */
  #libraries(id: string): Pick<Group, 'children' | 'above'> {
    const found = new Map<string, Child>();
    const pending = [id];
    for (let at = pending.shift(); at !== undefined; at = pending.shift()) {
      for (const edge of this.#from.get(at) ?? []) {
        if (edge.kind !== 'needs' || found.has(edge.to)) continue;
        const rule = this.#nodes.get(edge.to)?.attributes['found by'];
        const [child] = this.#childOf(edge.to, rule === undefined ? edge.evidence : { how: `by ${rule}` });
        if (child === undefined) continue;
        found.set(edge.to, child);
        pending.push(edge.to);
      }
    }
    const children = [...found.values()].filter(({ node }) => !this.#shown.has(node.id));
    for (const { node } of children) this.#shown.add(node.id);
    return { children, above: found.size - children.length };
  }

  #childOf(id: string, evidence: GraphEdge['evidence'], label?: string): Child[] {
    const node = this.#nodes.get(id);
    return node === undefined || !this.#wanted(node, new Set()) ? [] : [{ node, evidence, label }];
  }

  /** A node is shown for itself, or because something wanted hangs below it. */
  #wanted(node: GraphNode, seen: Set<string>): boolean {
    const { only } = this.#view;
    if (only.length === 0 || only.includes(node.kind)) return true;
    if (seen.has(node.id)) return false;
    seen.add(node.id);
    return (this.#from.get(node.id) ?? []).some((edge) => {
      const next =
        edge.kind === 'belongs-to' || edge.kind === 'refers-to' ? undefined : this.#nodes.get(edge.to);
      return next !== undefined && this.#wanted(next, seen);
    });
  }

  #child({ node, evidence, label }: Child, indent: string, last: boolean, level: number): string[] {
    const isLibrary = node.kind === 'library';
    const repeated = isLibrary || this.#shown.has(node.id);
    this.#shown.add(node.id);
    const hasMore =
      !isLibrary &&
      repeated &&
      (this.#from.get(node.id) ?? []).some((edge) => edge.kind !== 'belongs-to' && edge.kind !== 'refers-to');
    const inner = `${indent}${last ? '   ' : '│  '}`;
    const place = `${label === undefined ? '' : `${safe(label)} `}${evidenceText(evidence)}`;
    const more = repeated && hasMore ? ' (see above)' : '';
    const first = `${indent}${last ? '└─ ' : '├─ '}`;
    const described = this.#describe(node);
    const wrapped = this.#wrapped(`${described}  ${place}${more}`, first, inner);
    const lines =
      wrapped.length === 1 ? [`${first}${described}  ${paint(this.#screen, 'dim', place)}${more}`] : wrapped;
    return repeated ? lines : [...lines, ...this.below(node.id, inner, level + 1)];
  }

  /** What does not fit into one line goes on below, further in. */
  #wrapped(text: string, first: string, rest: string): string[] {
    const width = this.#screen.width === undefined ? undefined : this.#screen.width - first.length - 2;
    return wrap(text, width).map((line, at) => `${at === 0 ? first : `${rest}  `}${line.trimEnd()}`);
  }

  #describe(node: GraphNode): string {
    const kind = NAMED_BY_KIND.has(node.kind) ? `${node.kind} ` : '';
    const program = node.kind === 'process' ? node.attributes['program'] : undefined;
    const what = program === undefined ? '' : `: ${safe(program)}`;
    const name = `${kind}${safe(node.path ?? node.name)}${what}`;
    const owner = (this.#from.get(node.id) ?? []).find((edge) => edge.kind === 'belongs-to');
    const facts = [
      ...(node.exists === false ? [absence(node)] : []),
      ...sizeFacts(node.attributes),
      ...Object.entries(node.attributes)
        .filter(([key]) => SHOWN_ATTRIBUTES.has(key))
        .flatMap(([key, value]) => attributeText(node, key, safe(value))),
      ...(owner === undefined ? [] : [`package ${safe(this.#nodes.get(owner.to)?.name ?? '')}`]),
    ];
    const text = node.exists === false ? paint(this.#screen, 'yellow', name) : name;
    return facts.length === 0 ? text : `${text} (${facts.join(', ')})`;
  }
}

const NAMED_BY_KIND: ReadonlySet<NodeKind> = new Set(['user', 'group']);

function absence({ kind, attributes }: GraphNode): string {
  if (kind === 'user' || kind === 'group') return 'does not exist on this host';
  if (attributes['made by'] === 'systemd') return 'absent, made when it starts';
  return attributes['optional'] === 'yes' ? 'absent, optional' : 'absent';
}

/** `12 files, 3.4 MB, 3.6 MB on disk`. */
function sizeFacts(attributes: GraphNode['attributes']): string[] {
  const { files, bytes, 'bytes on disk': onDisk, 'counted entries': counted } = attributes;
  if (bytes === undefined) return [];
  if (files === '0' || (files === undefined && bytes === '0')) return ['empty'];
  if (files === undefined) return [showBytes(Number(bytes))];
  const more = counted === undefined ? '' : 'more than ';
  return [
    `${more}${files} ${files === '1' ? 'file' : 'files'}`,
    `${more}${showBytes(Number(bytes))}`,
    ...(onDisk === undefined ? [] : [`${more}${showBytes(Number(onDisk))} on disk`]),
    ...(counted === undefined ? [] : [`more than ${counted} entries, not counted further`]),
  ];
}

const SHOWN_ATTRIBUTES = new Set([
  'set-user-ID',
  'set-group-ID',
  'file capabilities',
  'AT_SECURE',
  'fault',
  'user',
  'group',
  'other groups',
  'permitted',
  'no new privileges',
  'observed',
  'protocol',
  'open connections',
  'connections',
  'socket unit',
  'uid',
  'gid',
  'unknown',
  'capabilities',
  'value',
  'role',
  'link to',
  'bound at',
  'kind',
  'built for',
  'tried',
  'may open',
  'undefined symbols',
  'missing versions',
]);

const NAMELESS = new Set(['unknown', 'protocol']);

/** What a process may do is said in short where it is all that it ever might; the document has the names. */
function attributeText({ attributes }: GraphNode, key: string, value: string): string[] {
  const isWhole = value.startsWith('all but ') && attributes['capabilities'] === attributes['bounding set'];
  if (key === 'capabilities' && isWhole) return ['capabilities: its whole bounding set'];
  if (key === 'value') return [`= ${shortened(value)}`];
  if (key === 'observed') return value === 'listening' ? [] : ['nothing of the service listens there now'];
  if (key === 'no new privileges') return [key];
  return [NAMELESS.has(key) ? value : `${key} ${value}`];
}

/** `5, 3 of them shown above` */
function countText(shown: number, above: number): string {
  if (above === 0) return String(shown);
  return `${shown + above}, ${shown === 0 ? 'all' : `${above} of them`} shown above`;
}

/** The command whose process is the service first, and last what only reads a script. */
function mainFirst(children: readonly Child[]): readonly Child[] {
  const rank = ({ label }: Child): number => (label === 'ExecStart' ? 0 : label === '#!' ? 2 : 1);
  return [...children].sort((a, b) => rank(a) - rank(b));
}

/** Two parts of the analysis may have seen one edge at two columns of a line. */
function distinct(children: readonly Child[]): readonly Child[] {
  const byKey = new Map(
    children.map((child) => [`${child.node.id} ${child.label ?? ''} ${evidenceText(child.evidence)}`, child]),
  );
  return [...byKey.values()];
}

/** The whole value is in the document and in `trace`. */
function shortened(value: string): string {
  return value.length <= 80 ? value : `${value.slice(0, 79)}…`;
}
