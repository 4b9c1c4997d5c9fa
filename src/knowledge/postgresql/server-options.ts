/** What a server is told on its command line. */
export interface ServerOptions {
  readonly directory: string | undefined;
  /** In their order; names in lower case, `-` as `_`. */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}

/** Short options that stand for a setting. Source: PostmasterMain() in src/backend/postmaster/postmaster.c. */
const SHORT: Readonly<Record<string, string>> = {
  B: 'shared_buffers',
  h: 'listen_addresses',
  k: 'unix_socket_directories',
  N: 'max_connections',
  p: 'port',
  S: 'work_mem',
  W: 'post_auth_delay',
};

/** `-D DIR`, `-c name=value`, `--name=value` and the short options of postgres; PGDATA stands in for `-D`. */
export function serverOptions(
  args: readonly string[],
  environment: ReadonlyMap<string, string>,
): ServerOptions {
  const settings: { name: string; value: string }[] = [];
  let directory = environment.get('PGDATA');
  const set = (text: string): void => {
    const equals = text.indexOf('=');
    if (equals < 1) return;
    settings.push({
      name: text.slice(0, equals).toLowerCase().replaceAll('-', '_'),
      value: text.slice(equals + 1),
    });
  };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word.startsWith('--')) {
      set(word.slice(2));
      continue;
    }
    const match = /^-([BcdDfhkNpSrtW])(.*)$/s.exec(word);
    if (match === null) continue;
    const value = match[2] === '' ? (args[(at += 1)] ?? '') : (match[2] ?? '');
    const setting = SHORT[match[1] ?? ''];
    if (match[1] === 'D') directory = value;
    else if (match[1] === 'c') set(value);
    else if (setting !== undefined) settings.push({ name: setting, value });
  }
  return { directory, settings };
}
