import type { Argument, ArgumentValue } from '../arguments/argument.ts';

/** Whether the operator's config can have had a part in a value: it says it, or a default, or what it follows from. */
export function isOfConfig(
  { setter, calledWith }: ArgumentValue,
  argument: (name: string) => Argument,
  seen: Set<string> = new Set(),
): boolean {
  if (setter.user || setter.optional) return true;
  const needed = [...(calledWith?.keys() ?? []), ...setter.conditions.map(({ name }) => name)];
  return needed.some((name) => {
    if (seen.has(name)) return false;
    seen.add(name);
    const other = argument(name);
    return other.kind !== 'value' || isOfConfig(other, argument, seen);
  });
}
