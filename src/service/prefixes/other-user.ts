import { accountsIn, type CommandPrefix, type EnvironmentChange } from './prefix.ts';
import { type OptionWord, optionWords } from './option-words.ts';

/** `su [-] USER -c TEXT`, `runuser -u USER -- COMMAND`: util-linux 2.38. A shell of that user runs the text. */
export function otherUser(name: string, args: readonly string[]): CommandPrefix | undefined {
  const direct = name === 'runuser' ? DIRECT : [];
  const end = args.indexOf('--');
  const words: string[] = [];
  const options: OptionWord[] = [];
  let left: readonly string[] = end === -1 ? args : args.slice(0, end);
  while (left.length > 0) {
    const { options: found, rest } = optionWords(left, [...VALUED, ...direct]);
    options.push(...found);
    if (rest[0] !== undefined) words.push(rest[0]);
    left = rest.slice(1);
    if (options.some(({ option }) => direct.includes(option)) && rest[0] !== undefined) {
      words.push(...left);
      break;
    }
  }
  const last = (...names: readonly string[]) =>
    options.findLast(({ option }) => names.includes(option))?.value;
  const group = accountsIn(`:${last('-g', '--group') ?? ''}`);
  const isLogin = options.some(({ option }) => option === '-' || option === '-l' || option === '--login');
  const environment: readonly EnvironmentChange[] = isLogin ? [{ kind: 'clear' }] : [];
  const result = {
    name,
    isLogin,
    environment,
    notFollowed: [`${name}: what PAM and, with a login, the shell's profile put into the environment`],
  };
  const user = last(...direct);
  if (user !== undefined) {
    const command = [...words, ...(end === -1 ? [] : args.slice(end + 1))];
    if (command.length === 0) return undefined;
    return { ...result, words: command, accounts: [...accountsIn(user), ...group] };
  }
  const text = last('-c', '--command', '--session-command');
  if (text === undefined) return undefined;
  const script = { shell: last('-s', '--shell') };
  return { ...result, words: [text], script, accounts: [...accountsIn(words[0] ?? 'root'), ...group] };
}

const VALUED =
  '-c --command --session-command -g --group -G --supp-group -s --shell -T -w --whitelist-environment'.split(
    ' ',
  );
const DIRECT = ['-u', '--user'];
