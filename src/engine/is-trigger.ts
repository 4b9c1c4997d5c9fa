/** Whether a unit that was stopped with a service is one that starts it when something arrives. */
export function isTrigger(unit: string): boolean {
  return unit.endsWith('.socket') || unit.endsWith('.path');
}
