const CHANGE = /\d{8}-\d{6}-\d{3}-[0-9a-f]{6}/g;

/**
 * Where deeds that `whole` has are missing: the numbers, from 1, of the deeds that stand in their place, one more than
 * there are for the end. undefined: more is different than that.
 */
export function missingDeeds(
  whole: readonly string[],
  deeds: readonly string[],
): readonly number[] | undefined {
  const places = new Set<number>();
  let at = 0;
  for (const deed of whole) {
    if (deeds[at]?.replaceAll(CHANGE, '') === deed.replaceAll(CHANGE, '')) at += 1;
    else places.add(at + 1);
  }
  return at === deeds.length ? [...places] : undefined;
}
