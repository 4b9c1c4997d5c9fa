import type { TraceLayer } from '../documents/trace.ts';
import type { Place } from '../text/place.ts';
import type { EffectiveProperty, PropertyStep } from '../service/directives/effective-property.ts';

/**
 * The lines that had a say in a property, lowest first, and what it follows from where no line decides. `told`: the
 * value that the running systemd has, where no file tells one; `manager`: the line of its configuration that says it.
 */
export function propertyLayers(effective: EffectiveProperty, told?: string, manager?: Place): TraceLayer[] {
  const { steps, rule, value, unknown } = effective;
  const inForce = new Set(stepsInForce(effective));
  const lines = steps.map((step): TraceLayer => {
    const { line, assigned } = step;
    const wins = inForce.has(step);
    const layer = { ...line.place, wins: false, optional: false, value: line.value.toString() };
    switch (assigned.operation) {
      case 'ignored':
        return { ...layer, operation: 'none', why: `systemd ignores the line: ${assigned.reason}` };
      case 'reset':
        return { ...layer, operation: 'reset' };
      case 'set':
      case 'append':
        return {
          ...layer,
          operation: assigned.operation,
          wins,
          ...(wins && unknown !== undefined ? { why: unknown } : {}),
        };
    }
  });
  if (rule === undefined) return lines;
  const own: TraceLayer = {
    ...(manager ?? { file: 'systemd' }),
    operation: 'default',
    wins: true,
    optional: false,
    value: value ?? told ?? null,
    why: told === undefined ? rule : 'no file says it: the running systemd has it from the machine',
  };
  return [...lines, own];
}

/** The lines that make the value: from the last one that begins it anew. None where it follows from something else. */
export function stepsInForce({ steps, rule }: EffectiveProperty): readonly PropertyStep[] {
  if (rule !== undefined) return [];
  const from = steps.findLastIndex(({ assigned }) => assigned.operation === 'set');
  return steps
    .slice(from)
    .filter(({ assigned }) => assigned.operation === 'set' || assigned.operation === 'append');
}
