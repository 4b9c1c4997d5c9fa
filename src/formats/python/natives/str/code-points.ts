/** Offsets in Python count code points, those in a JavaScript string UTF-16 units. */
export function pointsBefore(text: string, units: number): number {
  return isWithoutPairs(text) ? units : Array.from(text.slice(0, units)).length;
}

/** The UTF-16 offset of the code point at `index`, which may count from the end and is kept inside the text. */
export function unitsBefore(text: string, index: number): number {
  if (isWithoutPairs(text))
    return Math.max(0, Math.min(text.length, index < 0 ? text.length + index : index));
  const characters = Array.from(text);
  const from = index < 0 ? characters.length + index : index;
  return characters.slice(0, Math.max(0, from)).join('').length;
}

export function pointsIn(text: string): number {
  return pointsBefore(text, text.length);
}

function isWithoutPairs(text: string): boolean {
  return !/[\ud800-\udfff]/.test(text);
}
