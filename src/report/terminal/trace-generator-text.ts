import type { GeneratorArgumentUse, Rerender } from '../../documents/trace.ts';
import { safe } from './screen.ts';

/** What came of making the file again, as sentences. */
export function rerenderSentences(rerender: Rerender): string[] {
  switch (rerender.result) {
    case 'identical': {
      const why = rerender.why === undefined ? '' : `: ${safe(rerender.why)}`;
      const how = rerender.by === 'meaning' ? 'the file is identical in meaning' : 'the file is identical';
      return [`re-rendered from its sources, ${how}${why}`];
    }
    case 'different':
      return [
        `re-rendered from its sources, the file differs first at line ${rerender.line}, column ${rerender.column}: ` +
          `the sources give ${JSON.stringify(rerender.expected)}, the file has ${JSON.stringify(rerender.found)}`,
        ...(rerender.likely === undefined ? [] : [`most likely: ${safe(rerender.likely)}`]),
      ];
    case 'not-possible':
      return [`could not be re-rendered from its sources: ${safe(rerender.reason)}`];
  }
}

/**
 * Which arguments the generator's own config can set, and which not, as sentences; with the reasons where they are
 * few enough to read.
 */
export function configSentences(args: readonly GeneratorArgumentUse[]): string[] {
  const files = [...new Set(args.flatMap(({ config }) => (config === undefined ? [] : [config.file])))];
  return files.map((file) => {
    const own = args.filter(({ config }) => config?.file === file);
    const isLong = own.length > MOST_REASONS;
    const can = verdict(own, true, 'can be set', isLong);
    const cannot = verdict(own, false, 'cannot be set', isLong);
    return `in ${safe(file)}: ${[can, cannot].filter((part) => part !== undefined).join('; ')}`;
  });
}

const MOST_REASONS = 2;

function verdict(
  args: readonly GeneratorArgumentUse[],
  settable: boolean,
  text: string,
  isLong: boolean,
): string | undefined {
  const own = args.filter(({ config }) => config?.settable === settable);
  if (own.length === 0) return undefined;
  const reasons = isLong ? [] : [...new Set(own.map(({ config }) => safe(config?.why ?? '')))];
  const why = reasons.length === 0 ? '' : ` (${reasons.join('; ')})`;
  return `${[...new Set(own.map(({ name }) => safe(name)))].join(', ')} ${text}${why}`;
}
