import { resolve } from 'node:path';
import { parseSpec } from '../plan/parse-spec.ts';
import type { Spec } from '../plan/spec.ts';

/** The spec that `--with DIRECTORY --run COMMAND` stands for. */
export function specOfDirectory(service: string, directory: string, command: string): Spec {
  const replacement = { directory: resolve(directory), command };
  return parseSpec(
    '--with',
    JSON.stringify({ apiVersion: 'cutover/v1', kind: 'Replacement', service, replacement }),
  );
}
