import type { Assignment } from '../../formats/unit/parse-unit.ts';
import type { Host } from '../../host/host.ts';
import { UNIT_SEARCH_PATH } from '../../service/unit-search-path.ts';
import { type Answer, inForce, noEffect, unknown } from './answer.ts';
import type { Question } from './question.ts';
import { shellWord } from '../../text/shell-word.ts';

const LINKS: ReadonlyMap<string, string> = new Map([
  ['WantedBy', '.wants'],
  ['RequiredBy', '.requires'],
]);

/** [Install] is read by `systemctl enable` alone: what counts for systemd is the link that it makes. */
export function answerInstallLine({ host, unit }: Question, line: Assignment): Answer {
  const next = `systemctl reenable ${shellWord(unit.name)}`;
  const names = line.value
    .toString()
    .split(/\s+/)
    .filter((name) => name !== '');
  if (names.length === 0) return noEffect('there is nothing behind the =', { next });
  const suffix = LINKS.get(line.key);
  if (suffix === undefined && line.key !== 'Alias') {
    return unknown(
      `systemd itself does not read [Install]: ${line.key}= counts when systemctl enable is run`,
      {
        next,
      },
    );
  }
  const paths = names.map((name) => (suffix === undefined ? name : `${name}${suffix}/${unit.name}`));
  const links = paths.map((path) => linkAt(host, path));
  const missing = names.filter((_, index) => links[index] === undefined);
  const [first] = links;
  if (missing.length === 0 && first !== undefined) {
    return inForce('the unit is enabled: the link is there', { because: { file: first } });
  }
  return noEffect(
    `systemd itself does not read [Install]; systemctl enable makes a link of it, and there is none for ${missing.join(', ')}`,
    { next },
  );
}

function linkAt(host: Host, name: string): string | undefined {
  return UNIT_SEARCH_PATH.map((directory) => `${directory}/${name}`).find(
    (path) => host.lstat(path) !== undefined,
  );
}
