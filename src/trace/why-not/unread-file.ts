import { basename, dirname } from 'node:path/posix';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import { UNIT_SEARCH_PATH } from '../../service/unit-search-path.ts';
import { nearest } from '../../text/nearest.ts';
import { type Answer, noEffect } from './answer.ts';
import type { Question } from './question.ts';
import { fileForOthers } from './file-for-others.ts';
import { unreadDropIn } from './unread-drop-in.ts';
import { unreadEnvironmentFile } from './unread-environment-file.ts';
import { unreadUnitFile } from './unread-unit-file.ts';
import { shellWord } from '../../text/shell-word.ts';

/** Why systemd does not read a file for the service. */
export function unreadFile(question: Question, path: string): Answer {
  return (
    notThere(question, path) ??
    fileForOthers(question, path) ??
    inUnitDirectory(question, path) ??
    inWrongDirectory(question, path) ??
    unreadEnvironmentFile(question, path)
  );
}

function notThere({ host, unit, environment }: Question, path: string): Answer | undefined {
  const entry = host.lstat(path);
  if (entry?.type === 'link' && host.stat(path) === undefined && host.readLink(path) !== '/dev/null') {
    return noEffect(`it is a link to ${host.readLink(path)}, which does not exist`, {
      next: `ls -l ${shellWord(path)}`,
    });
  }
  if (entry !== undefined) return undefined;
  const layer = environment.layers.find((one) => one.kind === 'file' && one.path === path);
  if (layer?.kind === 'file') {
    return noEffect(
      layer.optional
        ? 'there is no such file; the unit reads it, and does without it'
        : `there is no such file, and systemd does not start ${unit.name} without it`,
      { because: layer.directive.place, next: `Write it; then: systemctl restart ${shellWord(unit.name)}` },
    );
  }
  const directory = dirname(path);
  const there = lastThatIsThere(host, directory);
  if (there !== directory)
    return noEffect(`there is no such file, nor the directory ${directory}`, {
      next: `ls -l ${shellWord(there)}`,
    });
  const near = nearest(basename(path), listed(host, directory));
  return noEffect(`there is no such file${near === undefined ? '' : `; ${directory}/${near} is meant?`}`, {
    next: `ls -l ${shellWord(directory)}`,
  });
}

function inUnitDirectory(question: Question, path: string): Answer | undefined {
  const parts = relativeToUnits(question.host, path);
  if (parts === undefined) return undefined;
  const [first = '', second, ...deeper] = parts;
  if (second === undefined) return unreadUnitFile(question, path, first);
  return unreadDropIn(question, path, { directory: first, file: second, isDeeper: deeper.length > 0 });
}

/** The path below the directory of the search path that it is in, `/lib` and `/usr/lib` being the same or not. */
export function relativeToUnits(host: Host, path: string): string[] | undefined {
  for (const directory of UNIT_SEARCH_PATH) {
    if (path.startsWith(`${directory}/`)) return path.slice(directory.length + 1).split('/');
    const real = host.realPath(directory);
    if (real !== undefined && path.startsWith(`${real}/`)) return path.slice(real.length + 1).split('/');
  }
  return undefined;
}

/** A unit file or a drop-in that lies where systemd does not look. */
function inWrongDirectory({ host, unit }: Question, path: string): Answer | undefined {
  const parts = path.split('/');
  const file = parts.at(-1) ?? '';
  const directory = parts.at(-2) ?? '';
  const isDropIn = directory.endsWith('.d') && /\.service(?:\.d)?$/.test(directory.replace(/\.d$/, ''));
  const isInSystemd = /\/systemd\//.test(path);
  if (!file.endsWith('.service') && !isDropIn && !isInSystemd) return undefined;
  if (isInSystemd && !file.endsWith('.service') && !isDropIn && !looksLikeUnit(host, path)) return undefined;
  const target = isDropIn
    ? `/etc/systemd/system/${directory}/${file.endsWith('.conf') ? file : `${file}.conf`}`
    : file.endsWith('.service')
      ? `/etc/systemd/system/${file}`
      : `/etc/systemd/system/${unit.name}.d/${file}`;
  return noEffect(`systemd does not look for units in ${path.slice(0, path.lastIndexOf('/'))}`, {
    next: `mkdir -p ${shellWord(dirname(target))} && mv ${shellWord(path)} ${shellWord(target)} && systemctl daemon-reload`,
  });
}

function looksLikeUnit(host: Host, path: string): boolean {
  if (host.stat(path)?.type !== 'file') return false;
  return /^\[(?:Unit|Service|Install)\]/m.test(new TextDecoder().decode(host.open(path).read(0, 65_536)));
}

/** The directory itself, or the one above it of which there is something. */
function lastThatIsThere(host: Host, directory: string): string {
  for (let at = directory; at !== '/'; at = dirname(at))
    if (ifReadable(() => host.stat(at))?.type === 'directory') return at;

  return '/';
}

function listed(host: Host, directory: string): readonly string[] {
  return ifReadable(() => host.list(directory)) ?? [];
}
