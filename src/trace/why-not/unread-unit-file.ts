import { UNIT_SEARCH_PATH } from '../../service/unit-search-path.ts';
import { type Answer, noEffect } from './answer.ts';
import type { Question } from './question.ts';
import { shellWord } from '../../text/shell-word.ts';

/** Why systemd does not take a file beside the units as the unit's own. */
export function unreadUnitFile({ host, unit }: Question, path: string, file: string): Answer {
  const own = unit.names.flatMap((name) => [name, templateOf(name)]);
  const stem = unit.name.slice(0, unit.name.lastIndexOf('.'));
  const fragment = { file: unit.fragment.path };
  if (host.stat(path)?.type === 'directory')
    return noEffect('it is a directory', { next: `ls ${shellWord(path)}` });
  if (own.includes(file)) {
    const isTemplate =
      unit.fragment.path.endsWith(`/${unit.name}`) && file !== unit.name && file.includes('@.');
    return noEffect(
      isTemplate
        ? `${unit.name} has a unit file of its own, and the template does not count for it`
        : `${unit.fragment.path} comes first: of unit files with one name systemd reads one alone`,
      {
        because: fragment,
        next: `systemctl edit ${isBeforeEtc(unit.fragment.path) ? '' : '--full '}${shellWord(unit.name)}`,
      },
    );
  }
  const dropIn = `/etc/systemd/system/${unit.name}.d`;
  if (!/\.(?:service|socket|target|timer|mount|automount|path|slice|scope|swap|device)$/.test(file)) {
    return noEffect('it is neither a unit file (by the end of its name) nor in a directory of drop-ins', {
      next: `mkdir -p ${shellWord(dropIn)} && mv ${shellWord(path)} ${shellWord(`${dropIn}/${file.endsWith('.conf') ? file : `${file}.conf`}`)} && systemctl daemon-reload`,
    });
  }
  const edit = { next: `systemctl edit ${shellWord(unit.name)}` };
  if (file === `${stem}@.service`) {
    return noEffect(`it is a template, and ${unit.name} is none of its instances`, {
      because: fragment,
      ...edit,
    });
  }
  if (file.slice(0, file.lastIndexOf('.')) === stem) {
    return noEffect(`it is ${file}, a unit of its own`, { because: fragment, ...edit });
  }
  if (file.toLowerCase() === unit.name.toLowerCase()) {
    return noEffect(`capitals count: it is ${file}, not ${unit.name}`, { because: fragment, ...edit });
  }
  return noEffect(`it is the file of ${file}; that of ${unit.name} is ${unit.fragment.path}`, {
    because: fragment,
    ...edit,
  });
}

function templateOf(name: string): string {
  return name.replace(/@[^@]*(\.[a-z]+)$/, '@$1');
}

/** A unit file that comes before any that an administrator could write: a drop-in alone gets past it. */
function isBeforeEtc(path: string): boolean {
  const at = UNIT_SEARCH_PATH.findIndex((directory) => path.startsWith(`${directory}/`));
  return at !== -1 && at < UNIT_SEARCH_PATH.indexOf('/etc/systemd/system');
}
