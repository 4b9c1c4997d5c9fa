import type { Subject } from '../graph/subject.ts';

/** The environment files in force that do not exist, and that no package or generator accounts for. */
export function absentFiles(subject: Subject): string[] {
  const paths = subject.service.environment.layers.flatMap((layer) =>
    layer.kind === 'file' &&
    layer.resetBy === undefined &&
    layer.content === undefined &&
    layer.pattern === undefined
      ? [layer.path]
      : [],
  );
  return [...new Set(paths)].filter(
    (path) => subject.noteOn(path).owner === undefined && subject.explainFile(path) === undefined,
  );
}
