import type { TraceLayer } from '../documents/trace.ts';
import type { EffectiveProperty, PropertyStep } from '../service/directives/effective-property.ts';

/**
 * The lines that had a say in a property, lowest first, and what it follows from where no line decides. `told`: the
 * value that the running systemd has, where no file tells one.
 */
export function propertyLayers({ steps, rule, value }: EffectiveProperty, told?: string): TraceLayer[] {
  const from = rule === undefined ? steps.findLastIndex(decides) : steps.length;
  const lines = steps.map(({ line, assigned }, index): TraceLayer => {
    const layer = { ...line.place, wins: false, optional: false, value: line.value.toString() };
    switch (assigned.operation) {
      case 'ignored':
        return { ...layer, operation: 'none', why: `systemd ignores the line: ${assigned.reason}` };
      case 'reset':
        return { ...layer, operation: 'reset' };
      case 'set':
      case 'append':
        return { ...layer, operation: assigned.operation, wins: index >= from };
    }
  });
  if (rule === undefined) return lines;
  const own: TraceLayer = {
    file: 'systemd',
    operation: 'default',
    wins: true,
    optional: false,
    value: value ?? told ?? null,
    why: told === undefined ? rule : 'no file says it: the running systemd has it from the machine',
  };
  return [...lines, own];
}

/** The last line that begins the value anew: those behind it add to it. */
function decides({ assigned }: PropertyStep): boolean {
  return assigned.operation === 'set';
}
