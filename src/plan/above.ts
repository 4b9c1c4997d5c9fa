/** The directories on the way to an absolute path, the nearest first, without the root. */
export function above(path: string): string[] {
  const found: string[] = [];
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
    found.push(path.slice(0, cut));
  return found;
}
