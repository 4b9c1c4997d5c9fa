import type { TraceHop } from '../documents/trace.ts';
import { type Hop, sameHop } from '../text/hop.ts';

/** The hops in their order, each once. */
export function distinctHops(hops: readonly Hop[]): Hop[] {
  const seen = new Map<string, Hop[]>();
  return hops.filter((hop) => {
    const key = `${hop.place.file}:${hop.place.line}`;
    const there = seen.get(key);
    if (there === undefined) seen.set(key, [hop]);
    else if (there.some((other) => other === hop || sameHop(other, hop))) return false;
    else there.push(hop);
    return true;
  });
}

/** A hop as documents have it. */
export function showHop({ kind, place, text, name, why }: Hop): TraceHop {
  return {
    kind,
    ...place,
    text,
    ...(name === undefined ? {} : { name }),
    ...(why === undefined ? {} : { why }),
  };
}
