import type { ConfigurationLine } from './configuration.ts';
import type { Touch } from './configured-program.ts';

/** What a line names, with its first word as the evidence. */
export function touch(
  { name, words, place }: ConfigurationLine,
  kind: Touch['kind'],
  target: string,
  edge: Touch['edge'] = 'names',
): Touch {
  return { kind, name: target, edge, label: name, evidence: words[0]?.place ?? place };
}
