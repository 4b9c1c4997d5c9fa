import {
  accountsIn,
  type CommandPrefix,
  type EnvironmentChange,
  type PrefixAccount,
  UNKNOWN_WORD,
} from './prefix.ts';
import { type OptionWord, optionWords } from './option-words.ts';
import { splitText } from './split-text.ts';
import { stdbufPreload } from './stdbuf-preload.ts';

interface Usage {
  /** Options that take the next word, when their value is not written behind them. */
  readonly valued: readonly string[];
  /** Words before the command that are neither options nor the command: a priority, a user. */
  readonly operands?: number;
  /** Options with which there is no command to become: `--pid`. */
  readonly other?: readonly string[];
  /** Words `NAME=VALUE` before the command are put into the environment. */
  readonly assigns?: boolean;
  /** Options whose value is a user or `user:group`, a group, a directory to change to, a directory that becomes `/`. */
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  readonly directories?: readonly string[];
  readonly roots?: readonly string[];
  /** What the one operand before the command is, when it matters. */
  readonly operand?: 'account' | 'root';
  /** What it puts into the environment and takes out of it. */
  readonly changes?: readonly EnvironmentChange[];
  /** Options that empty the environment. */
  readonly clears?: readonly string[];
  /** Where the library may lie that it has the loader put before all others. */
  readonly preloads?: readonly string[];
  readonly note?: string;
}

const list = (text: string): readonly string[] => text.split(' ');

const without = (...names: readonly string[]): readonly EnvironmentChange[] =>
  names.map((name) => ({ kind: 'unset', name }));

/** From the manual pages of coreutils 9, util-linux 2.38, sudo 1.9, systemd 252, iproute2 6.1 and numactl 2.0. */
const USAGES: Readonly<Record<string, Usage>> = {
  env: {
    valued: list('-u --unset -C --chdir -S --split-string'),
    other: list('-S --split-string'),
    directories: list('-C --chdir'),
    clears: list('-i --ignore-environment -'),
    assigns: true,
  },
  chroot: { valued: list('--groups --userspec'), operands: 1, operand: 'root', users: list('--userspec') },
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
    users: list('--reuid --ruid'),
    groups: list('--regid --rgid'),
    clears: list('--reset-env'),
  },
  unshare: {
    valued: list(
      '-R --root -w --wd -S --setuid -G --setgid --map-user --map-users --map-group --map-groups --propagation --setgroups --monotonic --boottime',
    ),
    users: list('-S --setuid'),
    groups: list('-G --setgid'),
    directories: list('-w --wd'),
    roots: list('-R --root'),
    note: 'unshare: what the namespaces that it makes hide from the command',
  },
  sudo: {
    valued: list(
      '-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R --chroot -T --command-timeout -U --other-user -r --role -t --type',
    ),
    other: list('-l --list -v --validate -k -K --remove-timestamp -e --edit -i --login -s --shell'),
    assigns: true,
    users: list('-u --user'),
    groups: list('-g --group'),
    directories: list('-D --chdir'),
    roots: list('-R --chroot'),
    changes: without('LD_LIBRARY_PATH', 'LD_PRELOAD', 'LD_AUDIT'),
    note: 'sudo: which of the environment its policy lets pass',
  },
  gosu: { valued: [], operands: 1, operand: 'account' },
  'su-exec': { valued: [], operands: 1, operand: 'account' },
  setuidgid: { valued: [], operands: 1, operand: 'account' },
  's6-setuidgid': { valued: [], operands: 1, operand: 'account' },
  authbind: { valued: list('--depth'), preloads: ['/usr/lib/authbind/libauthbind.so.1'] },
  choom: { valued: list('-n --adjust'), other: list('-p --pid') },
  cgexec: { valued: list('-g') },
  linux32: { valued: [] },
  linux64: { valued: [] },
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
    users: list('--uid'),
    groups: list('--gid'),
    directories: list('--working-directory'),
    note: 'systemd-run: the command runs in a unit of its own, with the properties given there',
  },
};

/** A program whose options the table knows; undefined for another, and where its options give it another purpose. */
export function plainPrefix(
  program: string,
  name: string,
  args: readonly string[],
  environment: ReadonlyMap<string, string> | undefined,
): CommandPrefix | undefined {
  const usage = Object.hasOwn(USAGES, name) ? USAGES[name] : undefined;
  if (usage === undefined) return undefined;
  const split = name === 'env' ? withSplitTexts(args, usage.valued, environment) : args;
  if (split === undefined) return undefined;
  const { options, rest } = optionWords(split, usage.valued);
  if (options.some(({ option }) => usage.other?.includes(option))) return undefined;
  const assigned = usage.assigns === true ? assignmentsIn(rest) : { changes: [], rest };
  const operands = assigned.rest.slice(0, usage.operands ?? 0);
  const behind = assigned.rest.slice(operands.length);
  const words = behind[0] === '--' ? behind.slice(1) : behind;
  const isText = name === 'flock' && (words[0] === '-c' || words[0] === '--command');
  if (words.length === 0 || (isText && words.length !== 2)) return undefined;
  const last = (names: readonly string[] = []) =>
    options.findLast(({ option }) => names.includes(option))?.value;
  return {
    name,
    words: isText ? words.slice(1) : words,
    // Its own shell is that of the variable. Source: main() in sys-utils/flock.c of util-linux 2.38.
    ...(isText ? { script: { shell: environment?.get('SHELL') } } : {}),
    environment: [...(usage.changes ?? []), ...changesBy(name, usage, options), ...assigned.changes],
    directory: last(usage.directories),
    accounts: accountsOf(usage, operands, last),
    root: usage.operand === 'root' ? operands[0] : last(usage.roots),
    preloads: name === 'stdbuf' ? stdbufPreload(program) : (usage.preloads ?? []),
    notFollowed: usage.note === undefined ? [] : [usage.note],
  };
}

/** `env -S "python3 -u"`, as in the first line of a script; undefined where the text can not be split here. */
function withSplitTexts(
  args: readonly string[],
  valued: readonly string[],
  environment: ReadonlyMap<string, string> | undefined,
): readonly string[] | undefined {
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (!word.startsWith('-') || word === '--') break;
    const inWord = /^(-[iv0]*S|--split-string=)(.+)$/s.exec(word);
    const isNext = /^(?:-[iv0]*S|--split-string)$/.test(word);
    if (inWord !== null || isNext) {
      const text = inWord?.[2] ?? args[at + 1] ?? '';
      const variable = (name: string) =>
        environment === undefined ? undefined : (environment.get(name) ?? '');
      const words = splitText(text, variable);
      const flags = /^-([iv0]+)S/.exec(word)?.[1];
      const before = [...args.slice(0, at), ...(flags === undefined ? [] : [`-${flags}`])];
      return words && [...before, ...words, ...args.slice(at + (isNext ? 2 : 1))];
    }
    if (valued.includes(word)) at += 1;
  }
  return args;
}

/** `NAME=VALUE` before the command; a word that only running tells is taken for one. */
function assignmentsIn(words: readonly string[]): { changes: EnvironmentChange[]; rest: readonly string[] } {
  const changes: EnvironmentChange[] = [];
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(word);
    if (assignment === null && word !== UNKNOWN_WORD) break;
    if (assignment !== null)
      changes.push({ kind: 'set', name: assignment[1] ?? '', value: assignment[2] ?? '' });
  }
  return { changes, rest: words.slice(at) };
}

function changesBy(name: string, usage: Usage, options: readonly OptionWord[]): EnvironmentChange[] {
  return options.flatMap(({ option, value }): EnvironmentChange[] => {
    if (usage.clears?.includes(option) === true) return [{ kind: 'clear' }];
    if (value === undefined) return [];
    if (name === 'env' && (option === '-u' || option === '--unset')) return [{ kind: 'unset', name: value }];
    const [variable = '', ...rest] = value.split('=');
    if (name === 'systemd-run' && (option === '-E' || option === '--setenv') && rest.length > 0)
      return [{ kind: 'set', name: variable, value: rest.join('=') }];
    return [];
  });
}

function accountsOf(
  { users, groups, operand }: Usage,
  operands: readonly string[],
  last: (names: readonly string[] | undefined) => string | undefined,
): readonly PrefixAccount[] {
  return [
    ...(operand === 'account' ? accountsIn(operands[0]) : []),
    ...accountsIn(last(users)),
    ...accountsIn(`:${last(groups) ?? ''}`),
  ];
}
