import { accountsIn, type CommandPrefix } from './prefix.ts';
import { optionWords } from './option-words.ts';

/** dpkg's start-stop-daemon(8): it becomes `--startas`, else `--exec`, with the words behind `--`. */
export function startStopDaemon(name: string, args: readonly string[]): CommandPrefix | undefined {
  const end = args.indexOf('--');
  const { options } = optionWords(end === -1 ? args : args.slice(0, end), VALUED);
  const last = (...names: readonly string[]) =>
    options.findLast(({ option }) => names.includes(option))?.value;
  const isStart = options.some(({ option }) => option === '-S' || option === '--start');
  const program = last('-a', '--startas') ?? last('-x', '--exec');
  if (!isStart || program === undefined) return undefined;
  return {
    name,
    words: [program, ...(end === -1 ? [] : args.slice(end + 1))],
    environment: [],
    directory: last('-d', '--chdir') ?? '/',
    root: last('-r', '--chroot'),
    accounts: [...accountsIn(last('-c', '--chuid')), ...accountsIn(`:${last('-g', '--group') ?? ''}`)],
    notFollowed: [],
  };
}

const VALUED =
  '-x --exec -a --startas -p --pidfile -c --chuid -u --user -g --group -n --name -d --chdir -r --chroot -N --nicelevel -P --procsched -I --iosched -k --umask -R --retry -s --signal -O --output --ppid --pid --notify-timeout'.split(
    ' ',
  );
