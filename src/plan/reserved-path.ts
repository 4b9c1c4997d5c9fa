import { isWithin } from '../text/is-within.ts';
import { UNIT_SEARCH_PATH } from '../service/unit-search-path.ts';
import { CUTOVER_HOME } from './store-path.ts';

const KERNEL = ['/proc', '/sys', '/dev'];
/** The operator's own first. */
const UNIT_DIRECTORIES = ['/etc/systemd/system', ...UNIT_SEARCH_PATH];
/** Whatever a change keeps there while it is under way. */
const RUN_TIME = /^\/run\/cutover[^/]*(\/|$)/;
/** Units of Cutover's own, their drop-ins, and the links that have them started. */
const OWN_UNIT = /^\/(etc|run)\/systemd\/system\/([^/]+\/)?cutover-[^/]*(\/|$)/;
const OWN_DROP_IN = /^\/etc\/systemd\/system\/[^/]+\.d\/(90-cutover\.[a-z]+|zz-cutover-guard\.conf)(\/|$)/;

/**
 * Why a spec can have nothing put at a path, for people; undefined where it can. Such a path is the kernel's, or one
 * that Cutover itself writes and puts back: a spec that wrote there could take its own way back away.
 */
export function reservedPath(path: string): string | undefined {
  const kernel = KERNEL.find((directory) => isWithin(path, directory));
  if (kernel !== undefined)
    return `belongs to the kernel: what is in ${kernel} is not on a disk, so it can't be put back`;
  if (isWithin(path, CUTOVER_HOME) || RUN_TIME.test(path))
    return 'belongs to Cutover: what a change needs to be taken back is there';
  if (OWN_UNIT.test(path)) return 'belongs to Cutover: it would be a unit of its own, or one that looks so';
  if (OWN_DROP_IN.test(path))
    return 'belongs to Cutover: it writes that itself. Take a drop-in of another name';
  return undefined;
}

/** Why a directory can't be kept as state: it is reserved, or what is reserved is inside it and would be put back with it. */
export function reservedState(path: string): string | undefined {
  if (isWithin(CUTOVER_HOME, path))
    return `has ${CUTOVER_HOME} inside: the copy would be inside what is copied. Name the directories of the service`;
  const kernel = KERNEL.find((directory) => isWithin(directory, path));
  if (kernel !== undefined) return `has ${kernel} inside, which belongs to the kernel`;
  const units = UNIT_DIRECTORIES.find((directory) => isWithin(directory, path) || isWithin(path, directory));
  if (units !== undefined)
    return `has units of systemd inside (${units}): what Cutover writes there meanwhile would come back with it. Name the directories of the service`;
  return reservedPath(path);
}
