import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FETCHED = fileURLToPath(new URL('../../.cache/plugin-packages', import.meta.url));

/** The tree of the Debian packages that the set-up fetched, as a layer of a test machine; undefined: it could not. */
export function fetchedLayer(): string | undefined {
  const names = existsSync(FETCHED) ? readdirSync(FETCHED).filter((name) => !name.startsWith('new-')) : [];
  return names[0] === undefined ? undefined : `${FETCHED}/${names[0]}/layer`;
}
