import type { GeneratorArgumentUse, Rerender } from '../../documents/trace.ts';

/** What came of making the file again, as sentences that are yet to be made safe. */
export function rerenderSentences(rerender: Rerender): string[] {
  switch (rerender.result) {
    case 'identical': {
      const why = rerender.why === undefined ? '' : `: ${rerender.why}`;
      const how = rerender.by === 'meaning' ? 'the file is identical in meaning' : 'the file is identical';
      return [`re-rendered from its sources, ${how}${exceptions(rerender)}${why}`];
    }
    case 'different': {
      const path = rerender.path === undefined ? '' : ` (${rerender.path})`;
      return [
        `re-rendered from its sources, the file differs first at line ${rerender.line}, column ${rerender.column}${path}: ` +
          `the sources give ${JSON.stringify(rerender.expected)}, the file has ${JSON.stringify(rerender.found)}`,
        ...(rerender.likely === undefined ? [] : [`most likely: ${rerender.likely}`]),
      ];
    }
    case 'not-possible':
      return [`could not be re-rendered from its sources: ${rerender.reason}`];
  }
}

/** What of an identical file was not checked, because the file itself or the node's record told it. */
function exceptions({
  takenFromFile = [],
  takenFromRecord = [],
}: Rerender & { result: 'identical' }): string {
  const counted = (names: readonly string[], whence: string): string[] =>
    names.length === 0
      ? []
      : [`${names.length} ${names.length === 1 ? 'value' : 'values'} ${whence} (${names.join(', ')})`];
  const parts = [
    ...counted(takenFromFile, 'taken from the file itself'),
    ...counted(takenFromRecord, 'from what the node recorded'),
  ];
  return parts.length === 0 ? '' : `, except ${parts.join(' and ')}`;
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
    return `in ${file}: ${[can, cannot].filter((part) => part !== undefined).join('; ')}`;
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
  const whys = new Map(own.map(({ name, config }) => [name, config?.why ?? '']));
  const names = [...whys].map(([name, why]) => (isLong || why === '' ? name : `${name} (${why})`));
  return isLong ? `${names.join(', ')} ${text}` : `${names.join(' and ')} ${text}`;
}
