/** The first `most` of them as a list, and how many more there are: `a, b and 3 more`. No more are shown than that. */
export function firstOf<Each>(
  all: readonly Each[],
  most: number,
  show: (one: Each) => string = String,
  separator = ', ',
): string {
  const rest = all.length - most;
  const first = all.slice(0, most).map((one) => show(one));
  return `${first.join(separator)}${rest > 0 ? ` and ${rest} more` : ''}`;
}
