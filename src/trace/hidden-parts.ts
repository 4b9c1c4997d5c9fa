import type { GeneratedFile } from '../knowledge/knowledge.ts';
import { type Range, secretRanges } from '../text/secret-ranges.ts';
import { LineOrigins } from './file/line-origins.ts';
import { holdsSecret } from './generator-arguments.ts';

/** A file as far as it is looked at: its permission bits, and its lines without their line feeds. */
export interface FileOnHost {
  readonly mode: number;
  readonly lines: readonly string[];
}

/**
 * The parts of each line of a file that must not be shown: secrets by what stands there and, in a generated file that
 * is confidential, all of a line that its sources do not give, for nothing tells what it is.
 */
export function hiddenParts(file: FileOnHost, generated: GeneratedFile | undefined): readonly Range[][] {
  const ranges = secretRanges(file.lines);
  if (generated === undefined || !isConfidential(generated, file.mode)) return ranges;
  const origins = new LineOrigins(file.lines, generated);
  return ranges.map((parts, index) => {
    const to = file.lines[index]?.length ?? 0;
    return to === 0 || origins.of(index + 1) !== undefined ? parts : [{ from: 0, to }];
  });
}

/** One that is for its owner alone, or that was made from an argument that its generator counts among its secrets. */
export function isConfidential(generated: GeneratedFile, mode: number): boolean {
  return (mode & 0o077) === 0 || holdsSecret(generated.content, generated);
}
