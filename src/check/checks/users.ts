import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import type { Graph } from '../../graph/graph.ts';
import type { GenericCheck } from '../generic-check.ts';

export const usersCheck: GenericCheck = {
  id: 'users',
  title: 'The user and the groups that the unit names are there',
  explains:
    'systemd starts a service as the user and the groups that User=, Group= and SupplementaryGroups= name. One that is not ' +
    'in /etc/passwd or /etc/group ends the start with the status 217/USER or 216/GROUP before the program runs. What ' +
    'another source of names knows (LDAP) is not asked, and nothing is said where there is one. The check is silent when ' +
    'all of them are there, with DynamicUser=, and when the same one is missing today.',
  run(today, tomorrow) {
    const accounts = accountsOf(tomorrow);
    const missing = new Set(
      accountsOf(today)
        .filter(isMissing)
        .map(({ node }) => node.id),
    );
    return {
      examined: accounts.length,
      findings: accounts
        .filter((account) => isMissing(account) && !missing.has(account.node.id))
        .map(({ node: { kind, name }, edge }) => ({
          severity: 'blocker',
          subject: `${edge.label ?? kind}=${name}`,
          reason: `There is no such ${kind}: systemd ends the start with ${kind === 'user' ? '217/USER' : '216/GROUP'}.`,
          evidence: [edge.evidence],
          remedy: kind === 'user' ? `useradd --system ${name}` : `groupadd --system ${name}`,
        })),
    };
  },
};

interface Account {
  readonly node: GraphNode;
  readonly edge: GraphEdge;
}

function accountsOf(graph: Graph): Account[] {
  return graph.edgesFrom(graph.root).flatMap((edge) => {
    const node = graph.nodes.get(edge.to);
    const isAccount = node?.kind === 'user' || node?.kind === 'group';
    return edge.kind === 'runs-as' && node !== undefined && isAccount ? [{ node, edge }] : [];
  });
}

function isMissing({ node }: Account): boolean {
  return node.exists === false;
}
