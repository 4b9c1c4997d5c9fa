import { CouldNotRun } from '../documents/could-not-run.ts';
import { type Spec, specSchema } from './spec.ts';
import { specProblems } from './spec-problems.ts';
import { contradictions } from './spec-contradictions.ts';

/** `--set` and `--unset` as given on the command line, in order. */
export interface SettingFlags {
  /** `NAME=VALUE`, `NAME+=TEXT` or `NAME-=ELEMENT`. */
  readonly set: readonly string[];
  readonly unset: readonly string[];
}

/** A spec that changes settings only. Throws `CouldNotRun` for a flag that can't be read. */
export function specFromFlags(service: string, flags: SettingFlags): Spec {
  const set: Record<string, string> = {};
  const append: Record<string, string> = {};
  const remove: Record<string, string[]> = {};
  for (const flag of flags.set) {
    const match = /^([^=+-]+)(\+=|-=|=)(.*)$/s.exec(flag);
    const [, name = '', operator, value = ''] = match ?? [];
    if (operator === '=') {
      if (Object.hasOwn(set, name)) throw givenTwice(name);
      set[name] = value;
    } else if (operator === '+=') append[name] = (append[name] ?? '') + value;
    else if (operator === '-=') remove[name] = [...(remove[name] ?? []), value];
    else throw new CouldNotRun(`--set ${flag} is neither NAME=VALUE nor NAME+=TEXT nor NAME-=ELEMENT`);
  }
  const parsed = specSchema.safeParse(
    {
      apiVersion: 'cutover/v1',
      kind: 'Replacement',
      service,
      settings: { set, append, remove, unset: [...flags.unset] },
    },
    { reportInput: true },
  );
  const [problem] = parsed.success ? contradictions(parsed.data) : specProblems(parsed.error.issues);
  if (problem !== undefined) throw new CouldNotRun(problem.message);
  if (!parsed.success) throw new TypeError('a spec that does not parse has a problem');
  return parsed.data;
}

function givenTwice(name: string): CouldNotRun {
  return new CouldNotRun(`--set ${name}= is given twice, and ${name} can have one value`, {
    next: `Leave one of them out. To add to the value that is there: --set ${name}+=TEXT`,
  });
}
