import type { EdgeKind, GraphEdge, GraphNode, NodeKind } from '../../documents/inspection.ts';
import type { Place } from '../../text/place.ts';
import type { AgentExamination } from './agent-examination.ts';
import { masterHosts } from './master-hosts.ts';
import type { ModuleLibrary } from './modules/examine-modules.ts';
import { whyNoVersion } from './recognise-agent.ts';
import { flagValue } from './flags/flag-value.ts';

export interface AgentGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly notExamined: readonly string[];
}

/** What the agent adds to the graph of its service: modules, state, the master, the port. */
export function agentGraph(examination: AgentExamination): AgentGraph {
  const parts = new Parts(examination);
  const { refusal } = examination;
  const [libraries, named] = refusal === undefined ? [examination.libraries, examination.named] : [[], []];
  for (const library of libraries) moduleLibrary(parts, library);
  for (const { flag, place, means } of named) {
    if (means.kind === 'module')
      parts.join(parts.setting(flag.spelling), `module:${means.module.name}`, 'names', place);
  }
  directories(parts);
  outward(parts);
  return { nodes: parts.nodes, edges: parts.edges, notExamined: notExamined(examination) };
}

class Parts {
  readonly nodes: GraphNode[] = [];
  readonly edges: GraphEdge[] = [];
  readonly examination: AgentExamination;

  constructor(examination: AgentExamination) {
    this.examination = examination;
  }

  get service(): string {
    return `service:${this.examination.start.service.name}`;
  }

  get program(): string {
    return `program:${this.examination.agent.program}`;
  }

  add(
    kind: NodeKind,
    name: string,
    more: Partial<Pick<GraphNode, 'path' | 'exists' | 'attributes'>> = {},
  ): string {
    const id = `${kind}:${name}`;
    this.nodes.push({ id, kind, name, exists: null, attributes: {}, ...more });
    return id;
  }

  /** A setting that is an environment variable; a flag of the command line belongs to the service itself. */
  setting(spelling: string): string {
    return spelling.startsWith('--') ? this.service : this.add('setting', spelling, { exists: true });
  }

  path(path: string): string {
    const facts = this.examination.start.host.stat(path);
    const kind = facts?.type === 'directory' || path.endsWith('/') ? 'directory' : 'file';
    return this.add(kind, path, { path, exists: facts !== undefined });
  }

  join(from: string, to: string, kind: EdgeKind, evidence: Place | { readonly how: string }): void {
    this.edges.push({ from, to, kind, evidence });
  }
}

function moduleLibrary(parts: Parts, { source, path, place, library, modules }: ModuleLibrary): void {
  const asked = source.flag.placeAt(0);
  let json = parts.setting(source.flag.spelling);
  if (source.path !== undefined) {
    const setting = json;
    json = parts.path(source.path);
    parts.join(parts.service, json, 'configured-by', asked);
    parts.join(setting, json, 'names', asked);
  }
  const exists = library === undefined ? null : library.object !== undefined;
  const id = parts.add('module-library', path, path.startsWith('/') ? { path, exists } : { exists });
  parts.join(parts.program, id, 'loads', place);
  for (const object of library?.opened.added.slice(1) ?? []) {
    const needed = parts.add('library', object.path, { path: object.path, exists: true });
    parts.join(id, needed, 'needs', { how: `${object.requestedBy?.path ?? path} needs ${object.name}` });
  }
  for (const { name, place: at, record, parameters } of modules) {
    const attributes =
      record.kind === 'record'
        ? { kind: record.moduleKind, 'built for': `Mesos ${record.mesosVersion}` }
        : {};
    const module = parts.add('module', name, {
      exists: record.kind === 'unknown' ? null : record.kind === 'record',
      attributes,
    });
    parts.join(id, module, 'provides', at);
    for (const parameter of parameters) {
      if (/^\/[^\s]+$/.test(parameter.value))
        parts.join(json, parts.path(parameter.value), 'names', parameter.place);
      const port = parameters.find(({ key }) => key === parameter.key.replace(/_host$/, '_port'));
      if (port === undefined || port === parameter) continue;
      const host = parts.add('host', `${parameter.value}:${port.value}`);
      parts.join(json, host, 'names', parameter.place);
    }
  }
}

function directories(parts: Parts): void {
  const { flags, workDirectory, start } = parts.examination;
  const given = flags.given.get('work_dir');
  const isAllKnown = start.launch?.unknownArgument === undefined;
  if (workDirectory !== undefined && (given !== undefined || isAllKnown)) {
    const evidence = given?.placeAt(0) ?? { how: 'the default of --work_dir' };
    parts.join(parts.service, parts.path(workDirectory), 'keeps-state-in', evidence);
  }
  const logs = flags.given.get('log_dir');
  if (logs !== undefined)
    parts.join(parts.service, parts.path(logs.value), 'keeps-state-in', logs.placeAt(0));
  const launcher = flags.given.get('launcher_dir');
  if (launcher !== undefined) {
    parts.join(parts.setting(launcher.spelling), parts.path(launcher.value), 'names', launcher.placeAt(0));
  }
}

function outward(parts: Parts): void {
  const { flags, agent, start } = parts.examination;
  const master = flags.given.get('master');
  for (const { name, from } of masterHosts(master?.value ?? '')) {
    if (master === undefined) break;
    parts.join(parts.setting(master.spelling), parts.add('host', name), 'names', master.placeAt(from));
  }
  const given = flags.given.get('port');
  if (given === undefined && start.launch?.unknownArgument !== undefined) return;
  const port = parts.add('port', flagValue(flags, 'port', agent.version) ?? '');
  if (given === undefined) parts.join(parts.service, port, 'names', { how: 'the default of --port' });
  else parts.join(parts.setting(given.spelling), port, 'names', given.placeAt(0));
}

function notExamined({ agent, mesos, refusal }: AgentExamination): string[] {
  return [
    ...(refusal === undefined ? [] : [`the modules of ${mesos}: ${refusal.message}`]),
    ...(agent.version === undefined ? [whyNoVersion(agent)] : []),
    `frameworks, executors and tasks that ${mesos} has checkpointed: none is a part of this; the check mesos-checkpoints reads them`,
    'whether the master accepts the agent: /health and slave/registered do not tell, only the list of agents of the leading master does',
  ];
}
