import type { FileTraceSlice } from '../../documents/file-trace.ts';
import type { GeneratedFile } from '../../knowledge/knowledge.ts';
import { hopsOf } from '../../text/hop.ts';
import type { Range } from '../../text/secret-ranges.ts';
import { type Slice, TracedText } from '../../text/traced-text.ts';
import { distinctHops, showHop } from '../hops.ts';
import { originOf } from '../slices.ts';
import { isSecretSlice } from '../generator-arguments.ts';

/**
 * The slices of a line of a generated file, the line feed that ends it included. Of a secret, or of a part of one,
 * the text is left out.
 */
export function slicesOfLine(
  text: TracedText,
  line: number,
  generated: GeneratedFile,
  secrets: readonly Range[] | undefined,
): FileTraceSlice[] {
  let from = 0;
  return text.slices.map((slice) => {
    const to = from + slice.text.length;
    const masked = secrets !== undefined && isMasked(slice, from, to, generated, secrets);
    const shown: FileTraceSlice = {
      from,
      to,
      text: masked ? '' : slice.text,
      ...(masked ? { masked } : {}),
      origin: originOf(slice),
      line,
      column: from + 1,
      hops: masked ? [] : distinctHops(hopsOf(slice.via)).map(showHop),
    };
    from = to;
    return shown;
  });
}

/** A line that the sources of its generator do not give. */
export function unexplained(line: string, { rerender }: GeneratedFile): TracedText {
  const reason =
    rerender.result === 'identical'
      ? 'the sources give it in another order, in which this line can not be told from others'
      : "the generator's sources give no such line; see where the file differs";
  return TracedText.from(line, { kind: 'unknown', reason });
}

function isMasked(
  slice: Slice,
  from: number,
  to: number,
  generated: GeneratedFile,
  secrets: readonly Range[],
): boolean {
  return secrets.some((range) => range.from < to && from < range.to) || isSecretSlice(slice, generated);
}
