import { isArchiveName } from './is-archive-name.ts';
import { resolve } from 'node:path';
import { parseSpec } from '../plan/parse-spec.ts';
import type { Spec } from '../plan/spec.ts';

/** The spec that `--with PATH --run COMMAND` stands for; PATH is a directory or an archive. */
export function specOfDirectory(service: string, directory: string, command: string): Spec {
  const path = resolve(directory);
  const replacement = isArchiveName(path) ? { archive: path, command } : { directory: path, command };
  return parseSpec(
    '--with',
    JSON.stringify({ apiVersion: 'cutover/v1', kind: 'Replacement', service, replacement }),
  );
}
