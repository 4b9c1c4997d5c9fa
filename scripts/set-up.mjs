// What `npm run demo` and `npm test` need, made ready before they start: node_modules, dist, Debian packages.
// Plain JavaScript without dependencies, because it runs before node_modules exists.
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './set-up/build-if-stale.mjs';
import { installDebianPackages } from './set-up/install-debian-packages.mjs';
import { installNodeModules } from './set-up/install-node-modules.mjs';

/**
 * Makes the checkout ready to run. Throws an Error with a message for people when it cannot.
 * @returns {{machines: {ok: true} | {ok: false, reason: string}}} whether the parts that need real
 *   machines have their programs, and if not, which one is missing and why nobody could install it
 */
export function setUp() {
  const checkout = fileURLToPath(new URL('..', import.meta.url));
  installNodeModules(checkout);
  buildIfStale(checkout);
  return { machines: installDebianPackages() };
}
