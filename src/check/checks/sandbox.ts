import type { Graph } from '../../graph/graph.ts';
import type { GenericCheck } from '../generic-check.ts';

export const sandboxCheck: GenericCheck = {
  id: 'sandbox',
  title: "The unit's sandbox lets tomorrow's program run",
  explains:
    'A unit may forbid to execute anything outside of named directories (NoExecPaths=, ExecPaths=), or give the ' +
    'service a root of its own (RootDirectory=). A replacement that lies elsewhere is then refused by the kernel ' +
    '(status 203/EXEC). The check looks at execute permissions only; what else a sandbox hides (ProtectHome=, ' +
    'InaccessiblePaths=, …) is not worked out. It is silent when the program lies where it may be executed.',
  run(_today, tomorrow) {
    const program = tomorrow.start.launch?.program ?? tomorrow.start.command?.words[0]?.toString();
    if (program === undefined) return { couldNotRun: 'which program runs can not be told' };
    const paths = [...pathsOf(tomorrow, 'NoExecPaths', false), ...pathsOf(tomorrow, 'ExecPaths', true)];
    const nearest = paths
      .filter(({ path }) => path === '/' || program === path || program.startsWith(`${path}/`))
      .sort((a, b) => b.path.length - a.path.length)[0];
    if (nearest === undefined || nearest.allowed) return { examined: paths.length, findings: [] };
    return {
      examined: paths.length,
      findings: [
        {
          severity: 'blocker',
          subject: program,
          reason: `The unit forbids to execute anything under ${nearest.path} (NoExecPaths=), so systemd could not start it: status 203/EXEC.`,
          evidence: [nearest.place],
          remedy: `Add a drop-in of your own with ExecPaths=${program.slice(0, program.lastIndexOf('/')) || '/'}`,
        },
      ],
    };
  },
};

interface ExecPath {
  readonly path: string;
  readonly allowed: boolean;
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

function pathsOf(graph: Graph, directive: string, allowed: boolean): ExecPath[] {
  const assignments = graph.start.service.unit.assignments.filter(({ key }) => key === directive);
  const lastReset = assignments.findLastIndex(({ value }) => value.length === 0);
  return assignments.slice(lastReset + 1).flatMap(({ value, place }) =>
    value
      .toString()
      .split(/\s+/)
      .map((word) => word.replace(/^[-+]+/, ''))
      .filter((path) => path.startsWith('/'))
      .map((path) => ({ path: path.length > 1 ? path.replace(/\/+$/, '') : path, allowed, place })),
  );
}
