import { posix } from 'node:path';
import type { LoadedObject } from '../../formats/elf/loader/loaded-object.ts';
import type { ServiceStart, LoadedProgram } from '../../service/service-start.ts';
import { isAtLeast, type MesosVersion, parseMesosVersion } from './mesos-version.ts';

/** A Mesos agent as a service starts it. */
export interface Agent {
  readonly program: string;
  /** Undefined when the program was reached but could not be read as one. */
  readonly loaded: LoadedProgram | undefined;
  /** The library that holds nearly all of Mesos, and calls dlopen(3). */
  readonly libmesos: LoadedObject | undefined;
  /** From the name of libmesos; undefined when there is none, as in a static build, or it is no release known here. */
  readonly version: MesosVersion | undefined;
  /** The version in that name, whatever it says. */
  readonly written: string | undefined;
}

const PROGRAM = /^(lt-)?mesos-(slave|agent)$/;

/**
 * Whether a service's program is a Mesos agent: by its name (Mesos 0.28: mesos-slave; from 1.0: mesos-agent; with
 * `lt-` as libtool relinks it), and its version by `libmesos-<version>.so`, as libtool's `-release` names it.
 */
export function recogniseAgent(start: ServiceStart): Agent | undefined {
  const program = start.launch?.program;
  if (program === undefined || !PROGRAM.test(posix.basename(program))) return undefined;
  const objects = start.loaded?.closure.objects ?? [];
  for (const object of objects) {
    const written = LIBRARY.exec(posix.basename(object.realPath))?.[1] ?? LIBRARY.exec(object.name)?.[1];
    if (written === undefined) continue;
    const parsed = parseMesosVersion(written);
    const version = parsed !== undefined && isKnownRelease(parsed) ? parsed : undefined;
    return { program, loaded: start.loaded, libmesos: object, version, written };
  }
  return { program, loaded: start.loaded, libmesos: undefined, version: undefined, written: undefined };
}

/** What is known ends with 1.11; 1.12 is the development branch. */
function isKnownRelease(version: MesosVersion): boolean {
  return (
    isAtLeast(version, '0.23.0') &&
    !isAtLeast(version, '1.13.0') &&
    (isAtLeast(version, '1.0.0') || !isAtLeast(version, '0.30.0'))
  );
}

const LIBRARY = /^libmesos-(\d+\.\d+.*)\.so$/;

/** Why it is not known which release it is, for people. */
export function whyNoVersion({ program, written, libmesos }: Agent): string {
  return written === undefined
    ? `which Mesos ${program} is can not be told: no libmesos-<version>.so is among its libraries`
    : `${libmesos?.path} says Mesos ${written}, which is none of the releases known here (0.23 to 1.11)`;
}
