import { createHash } from 'node:crypto';
import type { Rendering } from './evaluation.ts';
import { compareByName, type Comparison } from './comparison.ts';

/** Each template as rendered, before YAML is parsed, by its digest. */
export function compareRenderings(
  config: string,
  expected: ReadonlyMap<string, string>,
  got: ReadonlyMap<string, Rendering>,
): Comparison {
  return compareByName(expected, got, (name, digest, rendering) => {
    const found = rendering?.kind === 'rendered' ? sha256(rendering.text.toString()) : undefined;
    if (digest !== undefined && digest === found) return undefined;
    const fault = rendering?.kind === 'fault' ? rendering : undefined;
    return {
      subject: 'raw template',
      config,
      name,
      expected: digest ?? '(no such template)',
      got: found ?? fault?.reason ?? '(not rendered)',
      ...(fault?.place === undefined ? {} : { place: fault.place }),
    };
  });
}

export function sha256(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex');
}
