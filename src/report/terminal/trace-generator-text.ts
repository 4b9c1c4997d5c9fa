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

/** Which arguments the generator's own config can set, and which not, as sentences. */
export function configSentences(args: readonly GeneratorArgumentUse[]): string[] {
  const byFile = new Map<string, string[]>();
  for (const { name, config } of args) {
    if (config === undefined) continue;
    const verdict = `${safe(name)} ${config.settable ? 'can' : 'cannot'} be set (${safe(config.why)})`;
    byFile.set(config.file, [...(byFile.get(config.file) ?? []), verdict]);
  }
  return [...byFile].map(([file, verdicts]) => `in ${safe(file)}: ${[...new Set(verdicts)].join('; ')}`);
}
