import { existsSync } from 'node:fs';

/** What the build lays out as the node that the program warms up on. A package may come without the tests. */
export const warmUpSources = ['test/dcos-2.2', 'test/fixtures/dcos-2.2'];

export function warmUpIsHere(checkout) {
  return warmUpSources.every((source) => existsSync(`${checkout}/${source}`));
}
