import { actionOf } from './step-actions.ts';
import { type AnyStep, isTogether } from './step-action.ts';

/** A step with its number in its list. */
export interface NumberedStep {
  readonly step: number;
  readonly action: AnyStep;
}

/** In order; of one kind. Several only where that kind takes its steps together. */
export type StepGroup = [NumberedStep, ...NumberedStep[]];

/** A record of the journal is one line, and cut off whole when its writing was cut short. */
const MOST_STEPS = 2000;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** Consecutive steps of a kind whose steps can be taken together, at different paths; every other step alone. */
export function stepGroups(steps: readonly AnyStep[], from: number): StepGroup[] {
  const groups: StepGroup[] = [];
  let room = 0;
  let paths = new Set<string>();
  for (const [step, action] of steps.entries()) {
    if (step < from) continue;
    const group = groups.at(-1);
    const path = 'path' in action ? action.path : undefined;
    const characters = charactersOf(action);
    if (
      group !== undefined &&
      path !== undefined &&
      group[0].action.kind === action.kind &&
      isTogether(actionOf(action.kind)) &&
      group.length < MOST_STEPS &&
      characters <= room &&
      !paths.has(path)
    ) {
      group.push({ step, action });
      room -= characters;
      paths.add(path);
      continue;
    }
    groups.push([{ step, action }]);
    room = MOST_CHARACTERS - characters;
    paths = new Set(path === undefined ? [] : [path]);
  }
  return groups;
}

/** What makes a record long; the paths are words of a command as well, which the kernel bounds. */
const PATH_WEIGHT = 16;

function charactersOf(action: AnyStep): number {
  const path = 'path' in action ? action.path.length * PATH_WEIGHT : 0;
  if (action.kind !== 'file-write') return path;
  const diff = action.diff?.reduce((sum, line) => sum + line.length, 0) ?? 0;
  return path + action.content.length + diff;
}
