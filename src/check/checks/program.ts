import type { Graph } from '../../graph/graph.ts';
import { executeAccess } from '../../service/execute-access.ts';
import type { LaunchHop } from '../../service/launch-hop.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import { sentences } from './sentences.ts';
import type { GenericCheck, GenericFinding } from '../generic-check.ts';
import { shellWord } from '../../text/shell-word.ts';

export const programCheck: GenericCheck = {
  id: 'program',
  title: "Tomorrow's command leads to a program that this machine can run",
  explains:
    'The command of the unit is followed through wrapper scripts and prefixes such as env to the program that runs in ' +
    'the end. A file that is missing, not executable, no program at all, built for another processor, that the user of ' +
    'the service may not execute or read (in the store it belongs to root), or that asks for a loader that is not there ' +
    'ends the start with 203/EXEC or before the first line of its log. The check is silent ' +
    'when every file on the way is there and executable and the last one is an ELF program of the same kind of ' +
    "processor as today's.",
  run(today, tomorrow) {
    const { launch, loaded, refusal, service } = tomorrow.start;
    if (launch === undefined) return { couldNotRun: `${service.name} has no ExecStart=` };
    const findings = [
      ...launch.hops.flatMap((hop) => faultOf(hop, tomorrow.start)),
      ...refusals(tomorrow, today),
    ];
    const isBroken = launch.hops.some(({ kind }) => kind === 'missing');
    if (launch.program === undefined && !isBroken) {
      const why = tomorrow.start.notExamined.join('; ');
      return { couldNotRun: `the way to the program could not be followed to its end: ${why}` };
    }
    const last = launch.hops.at(-1);
    if (launch.program !== undefined && last !== undefined && loaded === undefined) {
      findings.push(
        finding(
          last,
          refusal === undefined
            ? 'It is neither an ELF program nor a script that names its interpreter: Exec format error.'
            : sentences(refusal),
          refusal?.next,
        ),
      );
    }
    if (loaded !== undefined && last !== undefined) {
      const { closure } = loaded;
      const { elf } = closure.program;
      const before = today.start.loaded?.closure.program.elf;
      if (before !== undefined && (before.machine !== elf.machine || before.byteOrder !== elf.byteOrder)) {
        findings.push(
          finding(
            last,
            `It is built for ${elf.machine}, and today's program for ${before.machine}: Exec format error.`,
            `Use a build for ${before.machine}.`,
          ),
        );
      }
      if (elf.interpreter !== undefined && closure.interpreter === undefined) {
        findings.push(
          finding(
            last,
            `It asks for the loader ${elf.interpreter}, which is not there; the kernel then says that the program does not exist.`,
          ),
        );
      }
    }
    return { examined: launch.hops.length, findings };
  },
};

/** What the user of the service may not execute or read tomorrow, and may today. */
function refusals(tomorrow: Graph, today: Graph): GenericFinding[] {
  const before = new Set(refusedTo(today).map(({ reason }) => reason));
  return refusedTo(tomorrow).flatMap(({ hop, reason, path }) =>
    before.has(reason)
      ? []
      : [
          {
            ...finding(hop, `${reason}. The start ends with Permission denied.`),
            subject: path,
            remedy: `Let everybody read and execute it (chmod -R a+rX) where it comes from: in the store it belongs to root.`,
          },
        ],
  );
}

function refusedTo({ start }: Graph): { hop: LaunchHop; path: string; reason: string }[] {
  const { launch, command, host, service, loaded } = start;
  const last = launch?.hops.at(-1);
  if (launch === undefined || command === undefined || last === undefined) return [];
  const why = executeAccess(host, service, command);
  const libraries = loaded?.closure.objects.slice(1).map(({ realPath }) => realPath) ?? [];
  return [
    ...launch.hops.map((hop) => ({
      hop,
      path: hop.path,
      reason: why(hop.path, hop.kind === 'script' ? 'both' : 'execute'),
    })),
    ...libraries.map((path) => ({ hop: last, path, reason: why(path, 'read') })),
  ].flatMap(({ hop, path, reason }) => (reason === undefined ? [] : [{ hop, path, reason }]));
}

function faultOf(hop: LaunchHop, { host, hiddenBy }: ServiceStart): GenericFinding[] {
  const line = hop.kind === 'missing' ? hiddenBy(hop.path) : undefined;
  if (line !== undefined) {
    const reason = `It is to be started (${hop.how}), and the service does not see it: ${line}.`;
    return [finding(hop, reason, `Let the service see it: BindReadOnlyPaths=${hop.path} below [Service].`)];
  }
  const mode = host.stat(hop.path)?.mode;
  if (hop.kind === 'missing' && hop.path.endsWith('\r')) return [carriageReturn(hop)];
  if (hop.kind === 'missing') return [finding(hop, `It is to be started (${hop.how}) and is not there.`)];
  if (mode !== undefined && (mode & 0o111) === 0) {
    return [
      finding(
        hop,
        `It is to be started (${hop.how}) and nobody may execute it.`,
        `chmod +x ${shellWord(hop.path)}`,
      ),
    ];
  }
  return [];
}

function carriageReturn(hop: LaunchHop): GenericFinding {
  const { file } = hop.startedAt;
  return {
    ...finding(
      hop,
      'Its first line ends with a carriage return, as files from Windows do, and the kernel takes it for a part of the name of the interpreter: No such file or directory.',
      `sed -i 's/\\r$//' ${file}`,
    ),
    subject: file,
  };
}

function finding({ path, startedAt }: LaunchHop, reason: string, remedy?: string): GenericFinding {
  return {
    severity: 'blocker',
    subject: path,
    reason,
    evidence: [startedAt],
    remedy: remedy ?? `Correct the command at ${startedAt.file}:${startedAt.line}, or bring ${path} along.`,
  };
}
