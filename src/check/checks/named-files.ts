import { nodeId } from '../../graph/graph.ts';
import type { Graph } from '../../graph/graph.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';

/** What an option with one of these words in its name is for: to be read. */
const READ =
  /(?:^|[-_.])(?:c|conf|config|cfg|configuration|cert|certificate|key|ca|cafile|include|rules|module|load|template|keyfile)(?:$|[-_.]|file|dir|path)/i;
/** Made by the program or by systemd. */
const MADE = /^\/(?:run|var\/run|tmp|var\/tmp|dev|proc|sys)\//;

export const namedFilesCheck: GenericCheck = {
  id: 'named-files',
  title: "The files that tomorrow's command names are there",
  explains:
    'A program that is told to read a configuration, a certificate or a module and does not find it ends at once, or goes ' +
    'on without it. The check looks at the absolute paths in the command, by the option in front: one that is for reading ' +
    '(--config, -c, --cert, --ca, …) and leads to nothing tomorrow is a warning. Paths that a program makes by itself (PID ' +
    'files, sockets, logs, what is below /run or /tmp), and paths that lead to nothing today as well, are left out. It is ' +
    'silent when every other path leads to a file.',
  run(today, tomorrow) {
    const asked = optionsWithPaths(tomorrow);
    const findings = asked.flatMap(({ option, path, place }): GenericFinding[] => {
      const isMissing = isAbsent(tomorrow, path) && !isAbsent(today, path);
      if (!isMissing || MADE.test(path) || !READ.test(option.replace(/^-+/, ''))) return [];
      return [
        {
          severity: 'warning',
          subject: `${option} ${path}`,
          reason: `${path} is not there tomorrow: a program that can not read what it is told to read ends, or goes on without it.`,
          evidence: [place],
          remedy: `Bring it along under files: in the spec, or name the file that is there.`,
        },
      ];
    });
    return { examined: asked.length, findings };
  },
};

interface OptionWithPath {
  readonly option: string;
  readonly path: string;
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

function optionsWithPaths({ start: { service } }: Graph): OptionWithPath[] {
  return service.commands.flatMap(({ directive, words, place }) => {
    if (directive !== 'ExecStart' && !directive.startsWith('ExecStartP')) return [];
    const texts = words.map((word) => word.toString());
    return texts.flatMap((text, at): OptionWithPath[] => {
      const [, option = '', attached] = /^(--?[a-z][\w.-]*)(?:=(.*))?$/is.exec(text) ?? [];
      const path = attached ?? texts[at + 1] ?? '';
      return option !== '' && /^\/[\w.+@%~/-]+$/.test(path) ? [{ option, path, place }] : [];
    });
  });
}

/** Named by the command and not there, as the graph has it. */
function isAbsent(graph: Graph, path: string): boolean {
  return (['file', 'directory'] as const).some(
    (kind) => graph.nodes.get(nodeId(kind, path))?.exists === false,
  );
}
