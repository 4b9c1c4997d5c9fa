import { type DaemonHabit, daemonHabitOf } from './daemon-habits.ts';

/** What a command does by the habit of its program: whether it goes into the background, and what decided it. */
export interface Behaviour {
  readonly does: 'leaves' | 'stays';
  /** The option that asks for it; undefined when it is the program's habit. */
  readonly asked: string | undefined;
  readonly habit: DaemonHabit;
}

/** Undefined for a program whose habit is not known. `args` without the program itself. */
export function behaviourOf(path: string, args: readonly string[]): Behaviour | undefined {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const habit = base === 'busybox' ? daemonHabitOf(`${base} ${args[0]}`) : daemonHabitOf(base);
  if (habit === undefined) return undefined;
  const asked = habit.otherwise.find((option) => isGiven(option, args));
  const other = habit.unasked === 'leaves' ? 'stays' : 'leaves';
  return { does: asked === undefined ? habit.unasked : other, asked, habit };
}

/** `-f` also as `-4f` and `-fp22`, `-D NAME` as `-DNAME`, `--name yes` as `--name=yes`. */
function isGiven(option: string, args: readonly string[]): boolean {
  const blank = option.indexOf(' ');
  if (blank !== -1) {
    const [name, value] = [option.slice(0, blank), option.slice(blank + 1)];
    return args.some(
      (arg, at) =>
        (arg === name && args[at + 1] === value) || arg === name + value || arg === `${name}=${value}`,
    );
  }
  if (!/^-[A-Za-z]$/.test(option)) return args.includes(option);
  return args.some(
    (arg) => arg.startsWith(option) || (/^-[A-Za-z0-9]{2,3}$/.test(arg) && arg.includes(option.slice(1))),
  );
}
