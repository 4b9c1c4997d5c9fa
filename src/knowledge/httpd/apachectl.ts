import { posix } from 'node:path';
import { followScript } from '../../formats/shell/follow-script.ts';
import type { ScriptFacts } from '../../formats/shell/script-facts.ts';
import type { Launcher, Started } from '../../service/launcher.ts';
import { scriptFiles } from '../../service/script-files.ts';
import type { Place } from '../../text/place.ts';

const SIZE_LIMIT = 256 * 1024;

/**
 * apachectl, as httpd ships it and as Debian rewrote it: a shell script that reads the file `envvars` and starts httpd with
 * `-k`, without exec. Source: support/apachectl.in of httpd 2.4; apache2ctl of Debian's apache2 2.4.
 */
export const apachectl: Launcher = (started) => {
  const { host, path, args } = started;
  if (!/^(?:apache2?ctl|apachectl)(?:-|$)/.test(posix.basename(path))) return undefined;
  const text = new TextDecoder().decode(host.readFile(path, SIZE_LIMIT));
  const ctl = text.includes('APACHE_CONFDIR') ? debianCtl(started) : upstreamCtl(text);
  if (ctl === undefined) return undefined;
  const lineAt = (pattern: RegExp): Place => ({
    file: path,
    line: text.slice(0, Math.max(0, text.search(pattern))).split('\n').length,
    column: 1,
  });
  const { envvars } = ctl;
  const isThere = envvars !== undefined && host.stat(envvars)?.type === 'file';
  const facts = isThere ? readEnvvars(started, envvars, ctl.variables) : undefined;
  const variable = (name: string): string | undefined =>
    facts?.exports.find((one) => one.name === name)?.value ?? started.environment.get(name);
  const [action = ''] = args;
  const own = /^(?:start|stop|restart|graceful|graceful-stop)$/.test(action) ? ['-k', action] : args;
  const program = (ctl.programVariable && variable(ctl.programVariable)) ?? ctl.program;
  const given = (variable('APACHE_ARGUMENTS') ?? '').split(/\s+/).filter((word) => word !== '');
  return {
    words: [program, ...ctl.arguments, ...given, ...own],
    how: posix.basename(path),
    place: lineAt(/^[ \t]*\$HTTPD.*-k/m),
    sources: envvars === undefined ? [] : [{ path: envvars, place: lineAt(/^[ \t]*\. /m) }],
    exports: facts?.exports ?? [],
    dropped: facts?.dropped ?? [],
    notExamined: (facts?.undecided ?? []).map(
      ({ place, text: line }) => `${place.file}:${place.line}: decided only when it runs: ${line}`,
    ),
  };
};

interface Ctl {
  readonly envvars: string | undefined;
  readonly program: string;
  readonly programVariable: string | undefined;
  readonly arguments: readonly string[];
  /** What it has set before it reads `envvars`. */
  readonly variables: readonly (readonly [string, string])[];
}

function debianCtl({ path, environment }: Started): Ctl {
  const instance = /apache2ctl-(.+)$/.exec(path)?.[1];
  const directory =
    environment.get('APACHE_CONFDIR') ||
    (instance === undefined ? '/etc/apache2' : `/etc/apache2-${instance}`);
  return {
    envvars: environment.get('APACHE_ENVVARS') || `${directory}/envvars`,
    program: '/usr/sbin/apache2',
    programVariable: 'APACHE_HTTPD',
    arguments: directory === '/etc/apache2' ? [] : ['-d', directory],
    variables: [['APACHE_CONFDIR', directory]],
  };
}

function upstreamCtl(text: string): Ctl | undefined {
  const program = /^HTTPD=(['"]?)([^'"\n]+)\1[ \t]*$/m.exec(text)?.[2];
  const envvars = /^[ \t]*\.[ \t]+(\/\S+\/envvars)[ \t]*$/m.exec(text)?.[1];
  const [first, ...rest] = program?.split(/\s+/) ?? [];
  if (first === undefined) return undefined;
  return { envvars, program: first, programVariable: undefined, arguments: rest, variables: [] };
}

function readEnvvars(
  { host, environment, directory }: Started,
  envvars: string,
  variables: Ctl['variables'],
): ScriptFacts {
  const text = new TextDecoder().decode(host.readFile(envvars, SIZE_LIMIT));
  const start = { environment: new Map([...environment, ...variables]), arguments: [], directory };
  return followScript(envvars, text, start, scriptFiles(host));
}
