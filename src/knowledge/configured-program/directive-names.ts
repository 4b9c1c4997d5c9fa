import type { CheckRun } from '../check-outcome.ts';
import type { ConfiguredProgram } from './configured-program.ts';
import type { Plugin } from './plugin.ts';

/** A program with its plugins as they are opened. */
export interface Examined {
  readonly program: ConfiguredProgram;
  readonly plugins: readonly Plugin[];
}

/**
 * Whether tomorrow's program knows the names of the directives in its configuration: they stand as texts in it and its
 * plugins. A name that today's does not have among its texts either tells nothing.
 */
export function directivesKnown(today: Examined, tomorrow: Examined): CheckRun {
  const { lines } = tomorrow.program.configuration;
  const byName = new Map(
    lines.filter(({ name }) => /^[a-z][\w-]*$/.test(name)).map((line) => [line.name, line]),
  );
  const [before, after] = [today, tomorrow].map(
    ({ program }) => program.start.loaded?.closure.program.elf.buildId,
  );
  const isSame = before !== undefined && before === after;
  const unknown = isSame
    ? []
    : [...byName].filter(([name]) => mentions(today, name) && !mentions(tomorrow, name));
  const { name: title } = tomorrow.program;
  return {
    examined: byName.size,
    findings: unknown.map(([name, { place }]) => ({
      severity: 'blocker',
      subject: name,
      reason: `Today's program has this name among its texts; ${tomorrow.program.title} and its modules do not: ${title} does not start with a directive that it does not know.`,
      evidence: [
        place,
        { how: `looked for in the bytes of ${tomorrow.program.start.launch?.program ?? title}` },
      ],
      remedy: `Take ${name} out of the configuration, or give what does the same in ${tomorrow.program.title}.`,
    })),
  };
}

/** True where the program could not be read: nothing is said then. */
function mentions({ program, plugins }: Examined, name: string): boolean {
  const { loaded } = program.start;
  if (loaded === undefined) return true;
  const opened = plugins.flatMap(({ library }) => (library?.kind === 'found' ? [library.object] : []));
  return [loaded.closure.program, ...opened].some((object) => loaded.mentions(object, name));
}
