import { type NodeKind, nodeKindSchema } from '../../documents/inspection.ts';
import { CouldNotRun } from '../../documents/could-not-run.ts';
import { buildWholeGraph } from '../../graph/build-graph.ts';
import { inspect as inspectGraph } from '../../inspect/inspect.ts';
import { inspectionDot } from '../../report/dot/inspection-dot.ts';
import { inspectionText } from '../../report/terminal/inspection-text.ts';
import { nearest } from '../../text/nearest.ts';
import { ExitCode } from '../exit-code.ts';
import { type OutputOptions, print, printJson, screenOf } from '../output.ts';
import { hostOf } from '../host-of.ts';
import { runningSubjectOf, type SubjectFlags } from '../subject.ts';
import { warnOfIgnoredLines } from '../warn-of-ignored-lines.ts';
import { warnOfMissingFiles } from '../warn-of-missing-files.ts';

interface InspectFlags extends OutputOptions, SubjectFlags {
  readonly only?: string | undefined;
  readonly depth?: string | undefined;
  readonly dot?: boolean | undefined;
}

export function inspect(serviceName: string | undefined, flags: InspectFlags): ExitCode {
  if (serviceName === undefined) {
    throw new CouldNotRun('inspect needs a service, or files with --libraries', {
      next: 'cutover inspect SERVICE, or cutover inspect --libraries FILE|DIRECTORY…',
    });
  }
  const view = { only: kindsOf(flags.only), depth: depthOf(flags.depth) };
  const subject = runningSubjectOf(hostOf(flags), serviceName, flags);
  warnOfIgnoredLines(subject.service.unit);
  warnOfMissingFiles(subject);
  const showsAttributes = flags.dot !== true || flags.json === true;
  const inspection = inspectGraph(buildWholeGraph(subject), showsAttributes);
  if (flags.json === true) printJson(inspection);
  else if (flags.dot === true) print(inspectionDot(inspection, view));
  else print(inspectionText(screenOf(flags), inspection, view));
  return ExitCode.ok;
}

/** `libraries,files` → kinds of nodes; singular and plural are both understood. */
function kindsOf(only: string | undefined): NodeKind[] {
  const words = only?.split(',').filter((word) => word !== '') ?? [];
  if (only !== undefined && words.length === 0)
    throw new CouldNotRun(`--only '${only}' names no kind`, {
      next: `One of ${nodeKindSchema.options.join(', ')}`,
    });
  return words.flatMap((word): NodeKind[] => {
    const kinds = nodeKindSchema.options;
    const singular = kinds.find(
      (kind) =>
        kind === word || `${kind}s` === word || `${kind}es` === word || kind.replace(/y$/, 'ies') === word,
    );
    if (singular !== undefined) return singular === 'module' ? ['module', 'module-library'] : [singular];
    if (word === 'plugins') return ['module', 'module-library'];
    const near = nearest(word, kinds);
    throw new CouldNotRun(
      `--only ${word}: no such kind${near === undefined ? '' : `; did you mean ${near}?`}`,
      {
        next: `One of ${kinds.join(', ')}`,
      },
    );
  });
}

function depthOf(depth: string | undefined): number | undefined {
  if (depth === undefined) return undefined;
  const levels = Number(depth);
  if (!Number.isInteger(levels) || levels < 1)
    throw new CouldNotRun(`--depth ${depth}: a number from 1 is needed`);
  return levels;
}
