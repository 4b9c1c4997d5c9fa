/** A release as Mesos names it: `0.28.1`, `1.0.0-rc2`. */
export interface MesosVersion {
  readonly text: string;
  readonly numbers: readonly number[];
  /** What stands after `-`. */
  readonly label: string;
}

export function parseMesosVersion(text: string): MesosVersion | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const numbers = match.slice(1, 4).map((part) => Number(part ?? 0));
  return { text, numbers, label: match[4] ?? '' };
}

/** Whether `version` is `release` or later, release candidates of it included. */
export function isAtLeast(version: MesosVersion, release: string): boolean {
  return compareNumbers(version, parseMesosVersion(release)) >= 0;
}

/**
 * How the agent's module loader sees a module's version: before 1.3.0 everything from `-` on is dropped, from
 * 1.3.0 a labelled version comes before the plain one. Source: stout/version.hpp, 287556284 (1.3.0).
 */
export function compareVersions(module: MesosVersion, agent: MesosVersion): number {
  const byNumber = compareNumbers(module, agent);
  if (byNumber !== 0 || !isAtLeast(agent, '1.3.0') || module.label === agent.label) return byNumber;
  if (module.label === '' || agent.label === '') return module.label === '' ? 1 : -1;
  return module.label < agent.label ? -1 : 1;
}

function compareNumbers(a: MesosVersion, b: MesosVersion | undefined): number {
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b?.numbers[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}
