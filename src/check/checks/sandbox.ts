import { execPaths } from '../../service/exec-paths.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';

export const sandboxCheck: GenericCheck = {
  id: 'sandbox',
  title: "The unit's sandbox lets tomorrow's program run",
  explains:
    'A unit may forbid to execute anything outside of named directories (NoExecPaths=, ExecPaths=). The kernel then refuses ' +
    'a program that lies elsewhere (status 203/EXEC), and the loader a library. What the unit hides from its service ' +
    '(InaccessiblePaths=, TemporaryFileSystem=, ProtectHome=, PrivateTmp=, …) is missing for the checks of the program and its ' +
    'libraries. A root of its own (RootImage=) is not looked into. It is silent when all of them lie where they may be executed.',
  run(_today, tomorrow) {
    const { launch, command, loaded } = tomorrow.start;
    const program = launch?.program ?? command?.words[0]?.toString();
    if (program === undefined) return { couldNotRun: 'which program runs can not be told' };
    const { count, forbidding } = execPaths(tomorrow.start.host, tomorrow.start.service.unit);
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
    return { examined: count, findings };
  },
};
