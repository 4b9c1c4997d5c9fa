import type { Assignment } from '../../formats/unit/parse-unit.ts';
import { ALL_PROPERTIES } from '../../service/directives/all-properties.ts';
import { readVariables } from '../../service/environment-lines.ts';
import { managerSettings } from '../../service/system-conf.ts';
import { type Answer, inForce, noEffect, notASetting, showBecause, unknown } from './answer.ts';
import { answerVariables } from './beaten-by.ts';
import { physicalLines } from './physical-lines.ts';
import type { Question } from './question.ts';
import type { AnsweredLine } from './unit-lines.ts';
import { shellWord } from '../../text/shell-word.ts';

/** Whether a file is the configuration of the system manager, or a drop-in of it that systemd reads. */
export function isManagerFile({ host }: Question, path: string): boolean {
  return (
    path === '/etc/systemd/system.conf' || managerSettings(host).some(({ place }) => place.file === path)
  );
}

/** What each line of system.conf or a drop-in of it does to one service. */
export function answerManagerLines(question: Question, path: string, content: string): AnsweredLine[] {
  const settings = managerSettings(question.host);
  return physicalLines(content).map(({ number, text, begin, kind }): AnsweredLine => {
    const line = { number, text };
    if (kind === 'empty') return { ...line, answer: notASetting('an empty line') };
    if (kind === 'comment') return { ...line, answer: notASetting('a comment') };
    const setting = settings.find(({ place }) => place.file === path && place.line === begin);
    if (setting !== undefined) return { ...line, answer: answerManagerLine(question, settings, setting) };
    if (text.trim().startsWith('[')) return { ...line, answer: notASetting('the header of a section') };
    return {
      ...line,
      answer: noEffect('it is not in the section [Manager], the only one that systemd reads here'),
    };
  });
}

function answerManagerLine(question: Question, settings: readonly Assignment[], line: Assignment): Answer {
  const same = settings.filter(({ key }) => key === line.key);
  const later = same.slice(same.indexOf(line) + 1);
  if (line.key === 'DefaultEnvironment') return answerDefaultEnvironment(question, line, later);
  const winner = later.at(-1);
  if (winner !== undefined) {
    return noEffect(`overridden by ${winner.key}=${winner.value.toString()}, which is read later`, {
      because: winner.place,
      next: `Change ${showBecause(winner.place)}, then: systemctl daemon-reexec`,
    });
  }
  const following = ALL_PROPERTIES.map(({ name }) => question.properties.get(name)).find(
    (effective) => effective?.rule?.startsWith(`${line.key}= of `) === true,
  );
  if (following !== undefined)
    return inForce(`${following.property.name} is ${following.value ?? 'not set'}`);
  const own = /^Default(.+)$/.exec(line.key)?.[1];
  const set = question.unit.assignments.findLast(({ key, section }) => key === own && section !== 'Install');
  if (set !== undefined) {
    return noEffect(`${question.unit.name} sets ${set.key}= itself`, {
      because: set.place,
      next: `cutover trace ${shellWord(question.unit.name)} ${set.key}`,
    });
  }
  return unknown(`what ${line.key}= does to a service was not examined`, { next: 'man systemd-system.conf' });
}

function answerDefaultEnvironment(
  question: Question,
  line: Assignment,
  later: readonly Assignment[],
): Answer {
  const reset = later.find(({ value }) => value.length === 0);
  if (reset !== undefined) {
    return noEffect('an empty DefaultEnvironment= that is read later takes it back', {
      because: reset.place,
    });
  }
  const layer = question.environment.layers.find(
    (one) => one.kind === 'default' && one.variables.some(({ place }) => place?.file === line.place.file),
  );
  const names = readVariables(question.host, 'system.conf', line).variables.map(({ name }) => name);
  if (layer === undefined || names.length === 0) return noEffect('it assigns nothing');
  return answerVariables(question, layer, [...new Set(names)], []);
}
