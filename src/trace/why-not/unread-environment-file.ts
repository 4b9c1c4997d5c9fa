import { CouldNotRun } from '../../documents/could-not-run.ts';
import { readFileName } from '../../service/environment-lines.ts';
import { notAFile } from '../../service/not-a-file.ts';
import { unitTexts } from '../../service/writers/unit-texts.ts';
import { nearest } from '../../text/nearest.ts';
import { type Answer, noEffect } from './answer.ts';
import type { Question } from './question.ts';
import { shellWord } from '../../text/shell-word.ts';

/**
 * Why a file that is none of the unit's is no environment file of it either. Throws `CouldNotRun` for one that a
 * command of the unit names: what the program makes of it is the program's own.
 */
export function unreadEnvironmentFile(question: Question, path: string): Answer {
  const { host, unit, environment } = question;
  const command = unit.assignments.find(
    ({ key, value }) => key.startsWith('Exec') && mentions(value.toString(), path),
  );
  if (command !== undefined) {
    throw new CouldNotRun(`${path} is read by the program itself, not by systemd`, {
      place: command.place,
      why: 'What a program makes of its own configuration was not examined.',
      next: `cutover inspect ${shellWord(unit.name)}`,
    });
  }
  const what = notAFile(host, path);
  if (what !== undefined) {
    const layer = environment.layers.find((one) => one.kind === 'file' && one.path === path);
    if (layer?.kind !== 'file') return noEffect(`it ${what}`, { next: `ls -ld ${shellWord(path)}` });
    const then = layer.optional
      ? 'the unit names it, and does without it'
      : `systemd does not start ${unit.name} like that`;
    return noEffect(`it ${what}; ${then}`, {
      because: layer.directive.place,
      next: `ls -ld ${shellWord(path)}`,
    });
  }
  const bring = `systemctl edit ${shellWord(unit.name)}    and write [Service] and EnvironmentFile=${path.replaceAll('%', '%%')}`;
  const lines = unit.assignments.filter(
    ({ section, key, value }) => section === 'Service' && key === 'EnvironmentFile' && value.length > 0,
  );
  const named = lines.flatMap((line) => {
    const read = readFileName(host, unit.name, line);
    return read.path === undefined ? [] : [{ line, path: read.path }];
  });
  const directory = path.slice(0, path.lastIndexOf('/'));
  const pattern = named.find(
    (one) => /[*?[]/.test(one.path) && one.path.slice(0, one.path.lastIndexOf('/')) === directory,
  );
  if (pattern !== undefined) {
    return noEffect(`EnvironmentFile=${pattern.path} does not match its name`, {
      because: pattern.line.place,
      next: bring,
    });
  }
  const near = nearest(
    path,
    named.map((one) => one.path),
  );
  const nearLine = named.find((one) => one.path === near)?.line;
  if (near !== undefined && nearLine !== undefined) {
    return noEffect(`${unit.name} reads ${near}, not this file`, {
      because: nearLine.place,
      next: `mv ${shellWord(path)} ${shellWord(near)}    then: systemctl restart ${shellWord(unit.name)}`,
    });
  }
  const readers = unitTexts(host)
    .filter(({ unit: other, texts }) => other !== unit.name && texts.some((text) => mentions(text, path)))
    .map(({ unit: other }) => other);
  const [reader] = readers;
  return noEffect(
    reader === undefined
      ? `no line of ${unit.name} names it: systemd reads environment files that EnvironmentFile= names, and no others`
      : `${readers.slice(0, 3).join(', ')} names it, and no line of ${unit.name} does`,
    { next: bring },
  );
}

/** The path as a word, not as a part of a longer one. */
function mentions(text: string, path: string): boolean {
  for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + 1)) {
    const next = text[at + path.length];
    const before = text[at - 1];
    if ((next === undefined || !/[\w./-]/.test(next)) && (before === undefined || !/[\w.]/.test(before)))
      return true;
  }
  return false;
}
