import { posix } from 'node:path';
import { ifReadable } from '../../host/if-readable.ts';
import type { Launcher, Onward, Started } from '../../service/launcher.ts';
import { parsePostgresqlConf } from './parse-postgresql-conf.ts';
import { readPostgresqlConfiguration } from './read-configuration.ts';

const SIZE_LIMIT = 1024 * 1024;

/** pg_ctl, and Debian's pg_ctlcluster that starts it: both start postgres with what they are told and what they read. */
export const pgCtl: Launcher = (started) => {
  const name = posix.basename(started.path);
  if (name === 'pg_ctlcluster') return throughCluster(started);
  return name === 'pg_ctl' ? throughPgCtl(started) : undefined;
};

/**
 * `pg_ctlcluster [OPTIONS] VERSION-CLUSTER|VERSION CLUSTER ACTION`: a Perl script that becomes the pg_ctl of that version
 * with the data directory of the cluster's postgresql.conf. Source: pg_ctlcluster of Debian's postgresql-common 248.
 */
function throughCluster({ host, path, args, environment }: Started): Onward | undefined {
  const options = args.filter((word) => word.startsWith('-'));
  const words = args.filter((word) => !word.startsWith('-'));
  const [version, cluster, action] = /^[\d.]+-./.test(words[0] ?? '')
    ? [words[0]?.replace(/-.*$/s, ''), words[0]?.replace(/^[^-]*-/, ''), words[1]]
    : words;
  if (version === undefined || cluster === undefined || (action !== 'start' && action !== 'restart'))
    return undefined;
  const directory = `${environment.get('PG_CLUSTER_CONF_ROOT') ?? '/etc/postgresql'}/${version}/${cluster}`;
  const textOf = (file: string): string | undefined =>
    ifReadable(() =>
      host.stat(file)?.type === 'file'
        ? new TextDecoder().decode(host.readFile(file, SIZE_LIMIT))
        : undefined,
    );
  const settingsIn = (file: string) => parsePostgresqlConf(file, textOf(file) ?? '').lines;
  const file = `${directory}/postgresql.conf`;
  const bin = options.find((word) => word.startsWith('--bindir='))?.slice('--bindir='.length);
  const more = settingsIn(`${directory}/pg_ctl.conf`).findLast((line) => line.name === 'pg_ctl_options')
    ?.words[0]?.text;
  const script = textOf(path) ?? '';
  const place = {
    file: path,
    line: script.slice(0, Math.max(0, script.search(/exec \$pg_ctl @options or/))).split('\n').length,
    column: 1,
  };
  const read = [file, ...['environment', 'pg_ctl.conf', 'start.conf'].map((name) => `${directory}/${name}`)];
  const settings = [{ name: 'config_file', value: file }];
  const { dataDirectory: data, setting } = readPostgresqlConfiguration(
    host,
    { settings, directory: undefined },
    place,
  );
  const beside = ['hba', 'ident']
    .filter((name) => !setting(`${name}_file`)?.words[0]?.text)
    .map((name) => ` -c ${name}_file="${directory}/pg_${name}.conf"`);
  return {
    words: [
      `${bin ?? `/usr/lib/postgresql/${version}/bin`}/pg_ctl`,
      'start',
      ...(data === undefined ? [] : ['-D', data]),
      ...(more ?? '').split(/\s+/).filter((word) => word !== ''),
      '-s',
      '-o',
      `-c config_file="${file}"${beside.join('')}`,
    ],
    how: 'pg_ctlcluster',
    place,
    sources: read.map((source) => ({ path: source, place })),
    exports: environmentOf(`${directory}/environment`, textOf(`${directory}/environment`) ?? ''),
    dropped: [],
    notExamined: [],
  };
}

/** Lines `NAME = 'value'`; names keep their case. */
function environmentOf(file: string, text: string): Onward['exports'] {
  const lines = text.split('\n');
  return parsePostgresqlConf(file, text).lines.flatMap(({ place, words }) => {
    const name = /^\s*(\w+)/.exec(lines[place.line - 1] ?? '')?.[1];
    const value = words[0]?.text;
    return name === undefined || value === undefined ? [] : [{ name, value, place }];
  });
}

/** Source: src/bin/pg_ctl/pg_ctl.c: the postgres beside it, or the one of `-p`, with `-D` and the words of `-o`. */
function throughPgCtl({ path, args, startedAt }: Started): Onward | undefined {
  const given = new Map<string, string[]>();
  const words: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const long = /^--(pgdata|options|log|path)(?:=(.*))?$/s.exec(args[at] ?? '');
    const short = /^-([Dolpmt])(.*)$/s.exec(args[at] ?? '');
    const key = LONG[long?.[1] ?? ''] ?? short?.[1];
    if (key === undefined) {
      if (!(args[at] ?? '').startsWith('-')) words.push(args[at] ?? '');
      continue;
    }
    const written = long === null ? short?.[2] : (long[2] ?? '');
    const value = written === '' ? args[(at += 1)] : written;
    if (value !== undefined) given.set(key, [...(given.get(key) ?? []), value]);
  }
  if (words[0] !== 'start' && words[0] !== 'restart') return undefined;
  const directory = given.get('D')?.at(-1);
  return {
    words: [
      given.get('p')?.at(-1) ?? `${posix.dirname(path)}/postgres`,
      ...(directory === undefined ? [] : ['-D', directory]),
      ...(given.get('o') ?? []).flatMap(splitWords),
    ],
    how: 'pg_ctl',
    place: startedAt,
    sources: [],
    exports: [],
    dropped: [],
    notExamined: [],
  };
}

const LONG: Readonly<Record<string, string>> = { pgdata: 'D', options: 'o', log: 'l', path: 'p' };

/** A shell takes the text apart: blanks, and quotes anywhere in a word. */
function splitWords(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}
