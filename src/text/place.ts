/** A position in a file as seen inside the root. Lines and columns count from 1; columns count UTF-16 units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `file:line:column`, the form editors and terminals turn into a link. */
export function showPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** The place `text.length` characters further on, where `text` is what stands at `place`. */
export function advance(place: Place, text: string): Place {
  const lastBreak = text.lastIndexOf('\n');
  if (lastBreak === -1) return { ...place, column: place.column + text.length };
  let breaks = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks += 1;
  return { file: place.file, line: place.line + breaks, column: text.length - lastBreak };
}
