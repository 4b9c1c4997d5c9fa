import type { Host } from '../host/host.ts';
import type { TouchedPath } from './refuse-entangled-paths.ts';
import type { Spec } from './spec.ts';

/** What a spec has written and removed, and `own`: what Cutover writes to bring its settings about. */
export function touchedPaths(host: Host, spec: Spec, own: readonly string[]): TouchedPath[] {
  const ofService = spec.files.filter((file) => file.for === 'service');
  const forEverybody = spec.files.filter((file) => file.for === 'everybody');
  return [
    ...own.map((path) => ({ path, by: 'writes' as const, ofSpec: false })),
    ...forEverybody.map(({ path }) => ({ path, by: 'writes' as const, ofSpec: true })),
    // These are bound over, or put in the place of, the file that a link leads to.
    ...[...ofService, ...spec.libraries].map(({ path }) => ({
      path,
      entry: host.realPath(path),
      by: 'writes' as const,
      ofSpec: true,
    })),
    ...spec.state.remove.map((path) => ({ path, by: 'removes' as const, ofSpec: true })),
  ];
}
