import type { Rerender } from '../documents/trace.ts';
import type { Host } from '../host/host.ts';
import { ifReadable } from '../host/if-readable.ts';
import type { GeneratedFile } from '../knowledge/knowledge.ts';
import { secretRanges } from '../text/secret-ranges.ts';
import { maskRanges, maskSecrets } from '../text/secrets.ts';
import { splitLines } from '../text/split.ts';
import { holdsSecret } from './generator-arguments.ts';
import { isConfidential } from './hidden-parts.ts';

const HIDDEN = '(secret)';
const LARGEST_FILE = 4 * 1024 * 1024;

/**
 * What came of making a file again. Of the lines that differ the secrets are hidden, told by all of the file: they may
 * lie within one. What a confidential file has there is hidden as a whole, for nothing tells what it is.
 */
export function shownRerender(host: Host, generated: GeneratedFile, showSecrets: boolean): Rerender {
  const { rerender, masked, path } = generated;
  if (rerender.result !== 'different' || showSecrets) return rerender;
  const { expected, found, line } = { ...rerender, ...masked };
  const isHidden = isConfidential(generated, host.stat(path)?.mode ?? 0);
  return {
    ...rerender,
    expected: shownExpected(expected, generated) ?? (isHidden ? HIDDEN : maskSecrets(expected)),
    found: isHidden ? HIDDEN : shownFound(linesOf(host, path), line, found),
  };
}

function shownFound(lines: readonly string[], line: number, found: string): string {
  return lines[line - 1] === found
    ? maskRanges(found, secretRanges(lines)[line - 1] ?? [])
    : maskSecrets(found);
}

/** Undefined where the sources give no such line; where they give several, what one of them hides is hidden. */
function shownExpected(expected: string, generated: GeneratedFile): string | undefined {
  const made = splitLines(generated.content);
  const lines = made.map((line) => line.toString().replace(/\n$/, ''));
  const ranges = secretRanges(lines);
  const shown = lines.flatMap((line, index) => {
    if (line !== expected) return [];
    const own = made[index];
    return own !== undefined && holdsSecret(own, generated)
      ? [HIDDEN]
      : [maskRanges(line, ranges[index] ?? [])];
  });
  return shown.find((line) => line !== expected) ?? shown[0];
}

function linesOf(host: Host, path: string): string[] {
  return ifReadable(() => new TextDecoder().decode(host.readFile(path, LARGEST_FILE)).split('\n')) ?? [];
}
