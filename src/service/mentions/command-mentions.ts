/** A command in a text that acts on a service, or sends a signal to its processes. */
export interface CommandMention {
  /** The command up to the name: `systemctl reload nginx`. */
  readonly text: string;
  /** The name, as it is written there. */
  readonly name: string;
  readonly offset: number;
}

/**
 * The commands in a text that name one of `services` (`nginx`, `nginx.service`) or one of `processes` (`nginx`): of `systemctl`,
 * `service`, `invoke-rc.d` and the like, of scripts in /etc/init.d, of `pkill` and the like. Quotes, brackets and commas between words
 * do not count, so that lists of a script's arguments are found as well. Lines that begin with a comment are left out. The text is not evaluated:
 * a name in a variable is not found.
 */
export function commandsThatName(
  text: string,
  services: ReadonlySet<string>,
  processes: ReadonlySet<string>,
): CommandMention[] {
  const found: CommandMention[] = [];
  for (const match of text.matchAll(TOOL)) {
    if (isInComment(text, match.index)) continue;
    const [whole, tool = '', script] = match;
    const words = wordsAfter(text, match.index + whole.length);
    const add = (shown: readonly string[], { word, offset }: Word, action?: string): void => {
      const rest = action !== undefined && /^[a-z][a-z-]{1,30}$/.test(action) ? [action] : [];
      const what = script === undefined ? word : whole;
      found.push({ text: [...shown, what, ...rest].join(' '), name: word, offset });
    };
    if (script !== undefined) {
      const offset = match.index + whole.length - script.length;
      if (services.has(script)) add([], { word: script, offset }, words[0]?.word);
    } else if (KILLERS.has(tool)) {
      for (const word of words) if (processes.has(word.word)) add([tool], word);
    } else if (NAME_FIRST.has(tool)) {
      const [name, action] = words.filter(({ word }) => !word.startsWith('-'));
      if (name !== undefined && services.has(name.word)) add([tool], name, action?.word);
    } else {
      const verb = words.findIndex(({ word }) => VERBS.has(word));
      for (const word of verb === -1 ? [] : words.slice(verb + 1))
        if (services.has(word.word)) add([tool, words[verb]?.word ?? ''], word);
    }
  }
  return found;
}

interface Word {
  readonly word: string;
  readonly offset: number;
}

const TOOL =
  /(?<![\w.-])(?:(systemctl|deb-systemd-invoke|initctl|service|invoke-rc\.d|rc-service|pkill|killall|pgrep|pidof)(?![\w.-])|\/etc\/(?:rc\.d\/)?init\.d\/([\w.@-]+))/g;
/** The next of a list of commands, as sudoers has them. */
const ANOTHER = /\/(?:systemctl|deb-systemd-invoke|service|invoke-rc\.d|rc-service)$/;
const NAME_FIRST = new Set(['service', 'invoke-rc.d', 'rc-service']);
const KILLERS = new Set(['pkill', 'killall', 'pgrep', 'pidof']);
const VERBS = new Set(
  `start stop reload restart try-restart condrestart reload-or-restart try-reload-or-restart force-reload isolate kill clean freeze
  thaw enable disable reenable preset mask unmask add-wants add-requires is-active is-enabled is-failed status show cat
  set-property bind edit revert reset-failed list-dependencies`.split(/\s+/),
);
const LONGEST_COMMAND = 2000;

/** Up to the end of the command: a line that ends with a backslash goes on. */
function wordsAfter(text: string, from: number): Word[] {
  const rest = text.slice(from, from + LONGEST_COMMAND);
  const end = /[;|&()`<>]|(?<!\\)\n/.exec(rest)?.index ?? rest.length;
  const words = [...rest.slice(0, end).matchAll(/[^\s"'[\]{},\\]+/g)].map(({ 0: word, index }) => ({
    word,
    offset: from + index,
  }));
  const next = words.findIndex(({ word }) => ANOTHER.test(word));
  return next === -1 ? words : words.slice(0, next);
}

/** A line that begins with a comment of a script or of a configuration, or the offset behind ` #`. */
export function isInComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*(?:[#;]|\/\/)/.test(line) || /\s#/.test(line);
}
