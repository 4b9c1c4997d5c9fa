/** Where one database of names is looked up: `passwd: files systemd`. Lines and columns count from 1. */
export interface NsswitchDatabase {
  readonly database: string;
  readonly services: readonly NsswitchService[];
}

export interface NsswitchService {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The lines of nsswitch.conf(5), one for each database: of two lines the last counts. What is to be done in which case
 * (`[NOTFOUND=return]`) is passed over. Source: process_line() in nss/nss_database.c of glibc 2.36.
 */
export function parseNsswitch(text: string): NsswitchDatabase[] {
  const databases = new Map<string, NsswitchDatabase>();
  for (const [index, written] of text.split('\n').entries()) {
    const content = written.split('#')[0] ?? '';
    const [start = '', database = ''] = /^\s*([^\s:]+)\s*:/.exec(content) ?? [];
    if (database === '') continue;
    const rest = content
      .slice(start.length)
      .replace(/\[[^\]]*(?:\]|$)/g, (actions) => ' '.repeat(actions.length));
    const services = [...rest.matchAll(/\S+/g)].map((match) => ({
      name: match[0],
      line: index + 1,
      column: start.length + match.index + 1,
    }));
    databases.set(database, { database, services });
  }
  return [...databases.values()];
}
