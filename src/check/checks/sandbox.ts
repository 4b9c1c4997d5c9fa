import type { Graph } from '../../graph/graph.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';

export const sandboxCheck: GenericCheck = {
  id: 'sandbox',
  title: "The unit's sandbox lets tomorrow's program run",
  explains:
    'A unit may forbid to execute anything outside of named directories (NoExecPaths=, ExecPaths=). The kernel then refuses ' +
    'a program that lies elsewhere (status 203/EXEC), and the loader a library. What the unit hides from its service ' +
    '(InaccessiblePaths=, TemporaryFileSystem=, ProtectHome=, PrivateTmp=, …) is missing for the checks of the program and its ' +
    'libraries. A root of its own (RootImage=) is not looked into. Silent when all of them lie where they may be executed.',
  run(_today, tomorrow) {
    const { launch, command, loaded } = tomorrow.start;
    const program = launch?.program ?? command?.words[0]?.toString();
    if (program === undefined) return { couldNotRun: 'which program runs can not be told' };
    const paths = [...pathsOf(tomorrow, 'NoExecPaths', false), ...pathsOf(tomorrow, 'ExecPaths', true)];
    const forbidding = (file: string): ExecPath | undefined => {
      const nearest = paths
        .filter(({ path }) => path === '/' || file === path || file.startsWith(`${path}/`))
        .sort((a, b) => b.path.length - a.path.length)[0];
      return nearest?.allowed === false ? nearest : undefined;
    };
    const libraries = loaded?.closure.objects.slice(1).map(({ realPath }) => realPath) ?? [];
    const files = [
      { file: program, end: 'systemd could not start it: status 203/EXEC' },
      ...libraries.map((file) => ({
        file,
        end: 'the loader refuses the library: failed to map segment from shared object',
      })),
    ];
    const findings = files.flatMap(({ file, end }): GenericFinding[] => {
      const line = forbidding(file);
      if (line === undefined) return [];
      return [
        {
          severity: 'blocker',
          subject: file,
          reason: `The unit forbids to execute anything under ${line.path} (NoExecPaths=), so ${end}.`,
          evidence: [line.place],
          remedy: `Add a drop-in of your own with ExecPaths=${file.slice(0, file.lastIndexOf('/')) || '/'}`,
        },
      ];
    });
    return { examined: paths.length, findings };
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
