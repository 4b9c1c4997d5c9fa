import type { MissingLibrary } from '../formats/elf/loader/resolve-closure.ts';

/** Which line of its unit hides what stands at a path of the host from a service; undefined where none does. */
export type HiddenBy = (path: string) => string | undefined;

/** With the line of the unit at each path that was tried and that the service does not see. */
export function withHidden(missing: MissingLibrary, hiddenBy: HiddenBy): MissingLibrary {
  const tried = missing.tried.map((one) => {
    const line = one.outcome === 'absent' ? hiddenBy(one.path) : undefined;
    return line === undefined ? one : { ...one, reason: `hidden from the service by ${line}` };
  });
  return { ...missing, tried };
}
