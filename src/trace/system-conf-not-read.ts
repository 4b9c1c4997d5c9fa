import type { Subject } from '../graph/subject.ts';

/** For people: what could not be read of the manager's configuration, which has defaults for every service. */
export function managerNotRead({ manager }: Subject): string[] {
  return manager.notRead.map((what) => `what the manager's configuration says: ${what}`);
}
