import type { Subject } from '../graph/subject.ts';
import { type FileLayer, isMissing } from '../service/environment-layer.ts';
import { notAFile } from '../service/not-a-file.ts';
import { writersOfFile } from './writers.ts';

/**
 * What an environment file that gives nothing, since it can't be read, does to the service, for people: of one that
 * must be there, who would write it; of one that need not, what stands there instead of a file, if anything does.
 */
export function whyAbsent(subject: Subject, layer: FileLayer): string | undefined {
  const reason =
    layer.pattern === true ? 'matches no file' : (notAFile(subject.host, layer.path) ?? 'absent');
  const isPlain = reason === 'does not exist';
  if (!isMissing(layer)) return isPlain || layer.pattern === true ? undefined : reason;
  const what = isPlain ? 'absent, and must exist' : `${reason}; there must be one`;
  const without = isPlain || layer.pattern === true ? 'without it' : 'like that';
  const [writer] = layer.pattern === true ? [] : writersOfFile(subject, layer.path);
  const written =
    writer === undefined
      ? ''
      : `; ${writer.program.split('/').at(-1)} writes it, which ${writer.unit} runs (line ${writer.via.line})`;
  return `${what}: systemd refuses to start the service ${without}${written}`;
}
