import type { Host } from '../../host/host.ts';
import { dropInLevels, unitNames } from '../../service/load-unit.ts';
import { UNIT_SEARCH_PATH } from '../../service/unit-search-path.ts';
import { nearest } from '../../text/nearest.ts';
import { type Answer, inForce, noEffect } from './answer.ts';
import type { Question } from './question.ts';
import { shellWord } from '../../text/shell-word.ts';

interface DropInPath {
  /** The last directory of the path, such as `nginx.service.d`. */
  readonly directory: string;
  readonly file: string;
  /** The file is in a directory below that one. */
  readonly isDeeper: boolean;
}

/** Why systemd does not read a file that is in a directory beside the units. */
export function unreadDropIn(question: Question, path: string, place: DropInPath): Answer {
  const { unit } = question;
  const { directory, file, isDeeper } = place;
  const own = `${unit.name}.d`;
  const root = path.slice(0, path.indexOf(`/${directory}/`));
  const move = (to: string): string =>
    `mkdir -p ${shellWord(`${root}/${to}`)} && mv ${shellWord(path)} ${shellWord(`${root}/${to}/`)} && systemctl daemon-reload`;
  if (!levelsOf(unit.names).includes(directory)) {
    return noEffect(whyOtherDirectory(question, directory), { next: move(own) });
  }
  if (isDeeper) {
    return noEffect(`it is in a directory below ${directory}; systemd reads only what is right in it`, {
      next: move(directory),
    });
  }
  if (question.host.stat(path)?.type === 'directory')
    return noEffect('it is a directory', { next: `ls ${shellWord(path)}` });
  if (!file.endsWith('.conf')) {
    const name = /^.*?\.conf(?=\W)/.exec(file)?.[0] ?? `${file}.conf`;
    return noEffect(
      'the name does not end in .conf: of the other files in the directory systemd reads none',
      {
        next: `mv ${shellWord(path)} ${shellWord(`${path.slice(0, -file.length)}${name}`)} && systemctl daemon-reload`,
      },
    );
  }
  if (file.startsWith('.')) {
    return noEffect('the name begins with a dot: systemd leaves hidden files out', {
      next: `mv ${shellWord(path)} ${shellWord(`${root}/${directory}/${file.replace(/^\.+/, '')}`)} && systemctl daemon-reload`,
    });
  }
  return sameName(question, path, file);
}

/** Of drop-ins with one name, systemd reads one alone. */
function sameName(question: Question, path: string, file: string): Answer {
  const { host, unit } = question;
  const rename = path.replace(/\/[^/]+$/, `/${file.replace(/\.conf$/, '-own.conf')}`);
  const chosen = unit.dropIns.find((other) => other.path.endsWith(`/${file}`));
  const others = sameNamed(host, unit.names, file).filter((other) => other !== path);
  if (isMask(host, path)) {
    const hides = others.length > 0 && chosen === undefined;
    const what = host.lstat(path)?.type === 'link' ? 'it is a link to /dev/null' : 'it is empty';
    return hides
      ? inForce(`${what}, which hides the drop-in of the same name`, { because: { file: others[0] ?? path } })
      : noEffect(`${what}, and there is no other drop-in of the name for it to hide`, {
          next: `rm ${shellWord(path)}`,
        });
  }
  if (chosen !== undefined) {
    return noEffect(
      `${chosen.path} has the same name and comes first: of drop-ins with one name systemd reads one alone`,
      {
        because: { file: chosen.path },
        next: `mv ${shellWord(path)} ${shellWord(rename)} && systemctl daemon-reload`,
      },
    );
  }
  const mask = others.find((other) => isMask(host, other));
  if (mask !== undefined) {
    const what = host.lstat(mask)?.type === 'link' ? 'a link to /dev/null' : 'empty';
    return noEffect(`${mask} has the same name and is ${what}: it hides this one`, {
      because: { file: mask },
      next: `rm ${shellWord(mask)} && systemctl daemon-reload`,
    });
  }
  return noEffect('it is no regular file', { next: `ls -l ${shellWord(path)}` });
}

function sameNamed(host: Host, names: readonly string[], file: string): string[] {
  return UNIT_SEARCH_PATH.flatMap((directory) =>
    levelsOf(names).map((level) => `${directory}/${level}/${file}`),
  ).filter((path) => host.lstat(path) !== undefined);
}

/** Of all names of the unit, and of its type. */
function levelsOf(names: readonly string[]): string[] {
  const types = names.map((name) => `${name.slice(name.lastIndexOf('.') + 1)}.d`);
  return [...new Set([...names.flatMap(dropInLevels), ...types])];
}

function isMask(host: Host, path: string): boolean {
  if (host.lstat(path)?.type === 'link' && host.readLink(path) === '/dev/null') return true;
  const facts = host.stat(path);
  return facts?.type === 'file' && facts.size === 0;
}

function whyOtherDirectory({ host, unit }: Question, directory: string): string {
  const own = `${unit.name}.d`;
  const stem = unit.name.slice(0, unit.name.lastIndexOf('.'));
  const named = directory.replace(/\.d$/, '');
  if (/\.(?:wants|requires|upholds)$/.test(directory)) {
    return `of the entries of ${directory} systemd takes the names alone, not what is in them`;
  }
  if (directory === unit.name) return `the directory of drop-ins is called ${own}, with a .d at its end`;
  if (!stem.includes('@') && named.startsWith(`${stem}@`) && !named.startsWith(`${stem}@.`)) {
    return `it is for ${named}, an instance of a template, and not for ${unit.name}`;
  }
  if (named === stem || stem.startsWith(`${named}@`)) {
    return `the drop-ins of ${unit.name} are in ${own}: the name of the directory has the whole name of the unit`;
  }
  if (directory.toLowerCase() === own.toLowerCase()) return `capitals count: the directory is called ${own}`;
  if (!directory.endsWith('.d')) return `it is no directory of drop-ins: those of ${unit.name} are in ${own}`;
  const template = unit.name.replace(/@?[^@]*(\.[a-z]+)$/, '@$1');
  if (named === `${stem}@.service`) {
    return `${named} is a template, and ${unit.name} is none of its instances: its drop-ins are in ${own}`;
  }
  if (stem.includes('@') && named.startsWith(`${stem.slice(0, stem.indexOf('@'))}@`)) {
    return `it is for another instance, ${named}: for ${unit.name} it is ${own}, for all instances ${template}.d`;
  }
  if (stem.includes('@') && named === `${stem.slice(0, stem.indexOf('@'))}.service`) {
    return `${unit.name} is an instance of a template: its drop-ins are in ${own}, those of all instances in ${template}.d`;
  }
  if (named.slice(0, named.lastIndexOf('.')) === stem) {
    return `it is for ${named}, a unit of its own: the drop-ins of ${unit.name} are in ${own}`;
  }
  if (unitNames(host).includes(named)) return `it is for ${named}, not for ${unit.name}`;
  const near = nearest(named, unit.names);
  return near === undefined
    ? `it is for ${named}, not for ${unit.name}: its drop-ins are in ${own}`
    : `there is no unit ${named}: the drop-ins of ${unit.name} are in ${own}`;
}
