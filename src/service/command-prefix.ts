/** What a program such as `nice` does before it becomes the command among its arguments. */
export interface CommandPrefix {
  /** Its name without the directory. */
  readonly name: string;
  /** The command that it becomes; itself left out. */
  readonly words: readonly string[];
  /** The words are one text for a shell: `su -c`. */
  readonly isScript: boolean;
  readonly environment: readonly EnvironmentChange[];
  /** The directory it changes to; undefined when it stays. */
  readonly directory: string | undefined;
  /** What it changes besides and is not followed, for people. */
  readonly notFollowed: readonly string[];
}

export type EnvironmentChange =
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  | { readonly kind: 'unset'; readonly name: string }
  | { readonly kind: 'clear' };

interface Usage {
  /** Options that take the next word, when their value is not written behind them. */
  readonly valued: readonly string[];
  /** Words before the command that are neither options nor the command: a priority, a user. */
  readonly operands?: number;
  /** Options with which there is no command to become: `--pid`. */
  readonly other?: readonly string[];
  /** Words `NAME=VALUE` before the command are put into the environment. */
  readonly assigns?: boolean;
  readonly note?: string;
}

const list = (text: string): readonly string[] => text.split(' ');

/** From the manual pages of coreutils 9, util-linux 2.38, sudo 1.9, systemd 252 and numactl 2.0. */
const USAGES: Readonly<Record<string, Usage>> = {
  env: {
    valued: list('-u --unset -C --chdir -S --split-string'),
    other: list('-S --split-string'),
    assigns: true,
  },
  nice: { valued: list('-n --adjustment') },
  ionice: { valued: list('-c --class -n --classdata'), other: list('-p --pid -P --pgid -u --uid') },
  nohup: { valued: [] },
  setsid: { valued: [] },
  stdbuf: { valued: list('-i --input -o --output -e --error') },
  timeout: { valued: list('-k --kill-after -s --signal'), operands: 1 },
  chrt: {
    valued: list('-T --sched-runtime -P --sched-period -D --sched-deadline'),
    operands: 1,
    other: list('-p --pid -m --max'),
  },
  taskset: { valued: [], operands: 1, other: list('-p --pid') },
  flock: {
    valued: list('-w --wait --timeout -E --conflict-exit-code'),
    operands: 1,
    other: list('-u --unlock'),
  },
  prlimit: { valued: list('-o --output'), other: list('-p --pid') },
  numactl: {
    valued: list(
      '-i --interleave -w --weighted-interleave -N --cpunodebind -C --physcpubind -m --membind -p --preferred',
    ),
    other: list('-s --show -H --hardware'),
  },
  setpriv: {
    valued: list(
      '--ambient-caps --apparmor-profile --bounding-set --egid --euid --groups --inh-caps --pdeathsig --regid --reuid --rgid --ruid --securebits --selinux-label',
    ),
    other: list('-d --dump'),
  },
  sudo: {
    valued: list(
      '-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R --chroot -T --command-timeout -U --other-user -r --role -t --type',
    ),
    other: list('-l --list -v --validate -k -K --remove-timestamp -e --edit -i --login -s --shell'),
    assigns: true,
    note: 'sudo: which of the environment its policy lets pass',
  },
  gosu: { valued: [], operands: 1 },
  'su-exec': { valued: [], operands: 1 },
  setuidgid: { valued: [], operands: 1 },
  authbind: { valued: list('--depth') },
  'dumb-init': { valued: list('-r --rewrite') },
  tini: { valued: list('-p -e') },
  catatonit: { valued: [] },
  'dbus-run-session': { valued: list('--config-file --dbus-daemon') },
  'systemd-cat': { valued: list('-t --identifier -p --priority --stderr-priority --level-prefix') },
  'systemd-inhibit': { valued: list('--what --who --why --mode') },
  'systemd-run': {
    valued: list(
      '-H --host -M --machine -u --unit -p --property --description --slice -E --setenv --uid --gid --nice --working-directory --service-type --on-active --on-boot --on-startup --on-unit-active --on-unit-inactive --on-calendar --timer-property --path-property --socket-property',
    ),
    note: 'systemd-run: the command runs in a unit of its own, with the properties given there',
  },
};

/** The prefix that a command begins with; undefined when its first word is none, or one with another purpose. */
export function commandPrefix([program = '', ...args]: readonly string[]): CommandPrefix | undefined {
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (name === 'start-stop-daemon') return startStopDaemon(name, args);
  if (name === 'su' || name === 'runuser') return otherUser(name, args);
  const usage = USAGES[name];
  if (usage === undefined || !Object.hasOwn(USAGES, name)) return undefined;
  return plain(name, usage, name === 'env' ? splitOption(args) : args);
}

/** `env -S "python3 -u"`, as in the first line of a script; texts with quotes or variables are not split. */
function splitOption([first = '', ...rest]: readonly string[]): readonly string[] {
  const text = /^(?:-S|--split-string=)(.+)$/s.exec(first)?.[1];
  if (text === undefined || /["'\\$]/.test(text)) return [first, ...rest];
  return [...text.split(/\s+/).filter((word) => word !== ''), ...rest];
}

function plain(name: string, usage: Usage, args: readonly string[]): CommandPrefix | undefined {
  const environment: EnvironmentChange[] = [];
  let directory: string | undefined;
  const { options, rest } = optionsOf(args, usage);
  for (const { option, value } of options) {
    if (usage.other?.includes(option) === true) return undefined;
    if (value === undefined) {
      if (name === 'env' && (option === '-i' || option === '--ignore-environment' || option === '-'))
        environment.push({ kind: 'clear' });
    } else if (option === '-u' || option === '--unset') {
      if (name === 'env') environment.push({ kind: 'unset', name: value });
    } else if (option === '-E' || option === '--setenv') {
      const equals = value.indexOf('=');
      if (name === 'systemd-run' && equals > 0)
        environment.push({ kind: 'set', name: value.slice(0, equals), value: value.slice(equals + 1) });
    } else if (CHANGES_DIRECTORY.has(`${name} ${option}`)) directory = value;
  }
  let words = rest;
  while (usage.assigns === true) {
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[0] ?? '');
    if (assignment === null) break;
    environment.push({ kind: 'set', name: assignment[1] ?? '', value: assignment[2] ?? '' });
    words = words.slice(1);
  }
  words = words.slice(usage.operands ?? 0);
  if (words[0] === '--') words = words.slice(1);
  if (words.length === 0) return undefined;
  const notFollowed = usage.note === undefined ? [] : [usage.note];
  return { name, words, isScript: false, environment, directory, notFollowed };
}

const CHANGES_DIRECTORY = new Set([
  'env -C',
  'env --chdir',
  'sudo -D',
  'sudo --chdir',
  'systemd-run --working-directory',
]);

interface Option {
  readonly option: string;
  readonly value: string | undefined;
}

/** Options up to the first word that is none, or up to `--`. */
function optionsOf(
  args: readonly string[],
  { valued }: Pick<Usage, 'valued'>,
): { options: readonly Option[]; rest: readonly string[] } {
  const options: Option[] = [];
  let at = 0;
  for (; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') return { options, rest: args.slice(at + 1) };
    if (!word.startsWith('-')) break;
    const long = /^(--[^=]+)=(.*)$/s.exec(word);
    const short = valued.find((option) => option.length === 2 && word.startsWith(option) && word.length > 2);
    if (long !== null) options.push({ option: long[1] ?? '', value: long[2] });
    else if (word.startsWith('--') || short === undefined) {
      const takesNext = valued.includes(word);
      options.push({ option: word, value: takesNext ? args[(at += 1)] : undefined });
    } else options.push({ option: short, value: word.slice(2) });
  }
  return { options, rest: args.slice(at) };
}

/** dpkg's start-stop-daemon(8): it becomes `--startas`, else `--exec`, with the words behind `--`. */
function startStopDaemon(name: string, args: readonly string[]): CommandPrefix | undefined {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const { options } = optionsOf(own, {
    valued: list(
      '-x --exec -a --startas -p --pidfile -c --chuid -u --user -g --group -n --name -d --chdir -r --chroot -N --nicelevel -P --procsched -I --iosched -k --umask -R --retry -s --signal -O --output --ppid --pid --notify-timeout',
    ),
  });
  const last = (...names: readonly string[]) =>
    options.findLast(({ option }) => names.includes(option))?.value;
  const isStart = options.some(({ option }) => option === '-S' || option === '--start');
  const program = last('-a', '--startas') ?? last('-x', '--exec');
  if (!isStart || program === undefined || last('-r', '--chroot') !== undefined) return undefined;
  const words = [program, ...(end === -1 ? [] : args.slice(end + 1))];
  const directory = last('-d', '--chdir') ?? '/';
  return { name, words, isScript: false, environment: [], directory, notFollowed: [] };
}

/** `su [-] USER -c TEXT`, `runuser -u USER -- COMMAND`: util-linux. A shell of that user runs the text. */
function otherUser(name: string, args: readonly string[]): CommandPrefix | undefined {
  const valued = list(
    '-c --command --session-command -g --group -G --supp-group -s --shell -T -w --whitelist-environment',
  );
  const direct = name === 'runuser' ? list('-u --user') : [];
  const end = args.indexOf('--');
  const words: string[] = [];
  const options: Option[] = [];
  let left: readonly string[] = end === -1 ? args : args.slice(0, end);
  while (left.length > 0) {
    const { options: found, rest } = optionsOf(left, { valued: [...valued, ...direct] });
    options.push(...found);
    if (rest[0] !== undefined) words.push(rest[0]);
    left = rest.slice(1);
    if (options.some(({ option }) => direct.includes(option)) && rest[0] !== undefined) {
      words.push(...left);
      break;
    }
  }
  const command = [...words, ...(end === -1 ? [] : args.slice(end + 1))];
  const notFollowed = [`${name}: what PAM and, with a login, the shell's profile put into the environment`];
  const result = { name, environment: [], directory: undefined, notFollowed };
  if (options.some(({ option }) => direct.includes(option)))
    return command.length === 0 ? undefined : { ...result, words: command, isScript: false };
  const text = options.findLast(({ option }) => /^(?:-c|--command|--session-command)$/.test(option))?.value;
  return text === undefined ? undefined : { ...result, words: [text], isScript: true };
}
