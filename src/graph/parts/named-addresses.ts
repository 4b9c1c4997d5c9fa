import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { type Contribution, nodeId } from '../graph.ts';
import type { Subject } from '../subject.ts';

/**
 * Hosts of URLs in variables and arguments, and ports that arguments have the program listen on, unless what is known of
 * the program reads them itself.
 */
export function namedAddressesPart({ service, examinations }: Subject): Contribution {
  const isRead = [...examinations.values()].some(({ readsArguments }) => readsArguments === true);
  const root = nodeId('service', service.name);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const add = (
    from: string,
    kind: 'host' | 'port',
    name: string,
    { label, evidence }: Pick<GraphEdge, 'label' | 'evidence'>,
  ): void => {
    const id = nodeId(kind, name);
    nodes.push({ id, kind, name, exists: null, attributes: {} });
    edges.push({ from, to: id, kind: 'names', ...(label === undefined ? {} : { label }), evidence });
  };
  for (const [name, { layer, place, value }] of service.environment.effective) {
    if (layer.kind === 'default' || place === undefined) continue;
    const listed = /listen|bind/i.test(name) ? [] : listedHosts(value.toString());
    for (const host of new Set([...hostsIn(value.toString()), ...listed]))
      add(nodeId('setting', name), 'host', host, { evidence: place });
  }
  for (const { directive, words, place } of service.commands) {
    const args = words.slice(1).map((word) => word.toString());
    args.forEach((arg, at) => {
      const [option = ''] = (arg.startsWith('-') ? arg : (args[at - 1] ?? '')).split('=');
      const listed = /^-.*(?:listen|bind)/i.test(option) ? [] : listedHosts(arg.replace(/^--?[\w.-]+=/, ''));
      for (const host of new Set([...hostsIn(arg), ...listed]))
        add(root, 'host', host, { label: directive, evidence: place });
    });
    if (directive !== 'ExecStart' || isRead) continue;
    for (const { option, port } of portsIn(args)) add(root, 'port', port, { label: option, evidence: place });
  }
  return { nodes, edges };
}

/** `zk://a:2181,b:2181/path`, `postgres://user:password@db.example/lamp`: of the part that says where, never who. */
function hostsIn(text: string): string[] {
  const urls = text.matchAll(/(?<!\w)[a-z][a-z0-9+.-]{0,30}:\/\/([^\s/"'?#]{1,1000})/gi);
  return [...urls].flatMap(([, authority = '']) =>
    authority
      .slice(authority.lastIndexOf('@') + 1)
      .split(',')
      .filter((host) => /^(?:\[[0-9a-f:.]+\]|[a-z0-9_][\w.-]*)(?::\d+)?$/i.test(host)),
  );
}

/** `a:9092,b:9092`; one alone where it can be nothing else: `oil.example:80`, `192.0.2.1:80`. */
function listedHosts(text: string): string[] {
  const parts = text.split(',');
  const hosts = parts.filter((part) =>
    /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[\w.-]*[a-z0-9])?):[1-9]\d{0,4}$/i.test(part),
  );
  if (hosts.length !== parts.length || parts.length > MOST_LISTED) return [];
  const isPlain = parts.length > 1 || /^(?:\[|localhost:|\d+(?:\.\d+){3}:|.*\.[a-z-]*[a-z]:)/i.test(text);
  return isPlain && hosts.some((host) => /[a-z.[]/i.test(host)) ? hosts : [];
}

const MOST_LISTED = 1000;

/** Below these numbers `-p 5` is anything; they are what services with such an option listen at. */
const WELL_KNOWN: ReadonlySet<number> = new Set([21, 22, 23, 25, 53, 80, 110, 143, 389, 443, 636, 993, 995]);

/** `--port 7000`, `--http-port=7000`, `-p 7000`, `--web.listen-address=:9100`, `--bind 127.0.0.1:80`, `--listen tcp://[::]:81`. */
function portsIn(args: readonly string[]): { readonly option: string; readonly port: string }[] {
  return args.flatMap((arg, at) => {
    const [, option = '', attached] = /^(--?[a-z][\w.-]*)(?:=(.*))?$/i.exec(arg) ?? [];
    const value = attached ?? args[at + 1] ?? '';
    const isPort = /(?:^|[-._])port$/i.test(option);
    if (isPort && /^\d{1,5}$/.test(value) && value !== '0') return [{ option, port: value }];
    if (option === '-p' && /^\d{2,5}$/.test(value)) {
      const isLikely = Number(value) >= 1024 || WELL_KNOWN.has(Number(value));
      return isLikely && Number(value) < 65536 ? [{ option, port: value }] : [];
    }
    if (!/(?:^|[-._])(?:listen|bind|listen-address|bind-address|listen-addr|bind-addr)$/i.test(option))
      return [];
    if (/^\d{2,5}$/.test(value)) return [{ option, port: value }];
    const [, address = '', port] =
      /^(?:(?:tcp|http)[46]?:\/\/)?(\[[0-9a-f:.]+\]|[\w.-]*|\*):(\d{1,5})\/?$/i.exec(value) ?? [];
    if (port === undefined || port === '0') return [];
    return [{ option, port: ['', '*', '0.0.0.0'].includes(address) ? port : `${address}:${port}` }];
  });
}
