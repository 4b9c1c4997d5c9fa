import type { Assignment, UnitFile } from '../../formats/unit/parse-unit.ts';
import { isFatal } from '../../service/directives/fatal-lines.ts';
import { type ServiceSection, sectionOf } from '../../service/known-keys.ts';
import { maskSecrets } from '../../text/secrets.ts';
import { type Answer, inForce, noEffect, notASetting } from './answer.ts';
import { answerDirective } from './directive-line.ts';
import { answerEnvironmentLine } from './environment-line.ts';
import { answerInstallLine } from './install-line.ts';
import { type PhysicalLine, physicalLines } from './physical-lines.ts';
import type { Question } from './question.ts';
import { unknownKey } from './unknown-key.ts';
import { serviceSection, unknownSection } from './unknown-section.ts';

export interface AnsweredLine {
  readonly number: number;
  readonly text: string;
  readonly answer: Answer;
  /** The setting that the line makes, where it is one that counts. */
  readonly setting?: Assignment;
  /** The text without the secret that it is a part of, where that goes over several lines. */
  readonly masked?: string;
}

/** What each line of a file that systemd reads for the unit does. */
export function answerUnitLines(question: Question, file: UnitFile, content: string): AnsweredLine[] {
  const lines = physicalLines(content);
  const answers = new Map<number, Said>();
  return lines.map((line) => {
    const whole = answers.get(line.begin) ?? answerLogicalLine(question, file, lines, line.begin);
    answers.set(line.begin, whole);
    const { answer, setting } = line.kind === 'text' ? partOf(line, whole) : plain(line);
    const counts = setting === undefined || answer.effect !== 'in-force' ? {} : { setting };
    const isAlone = lines.every(({ number, begin }) => number === begin || begin !== line.begin);
    const masked = isAlone || line.kind !== 'text' ? undefined : maskedPart(line, whole.setting);
    return { ...line, answer, ...counts, ...(masked === undefined ? {} : { masked }) };
  });
}

/** What stands in place of a line of a setting that goes over several and holds a secret. */
function maskedPart({ number, begin }: PhysicalLine, setting: Assignment | undefined): string | undefined {
  if (setting === undefined) return undefined;
  const whole = `${setting.key}=${setting.value.toString()}`;
  if (maskSecrets(whole) === whole) return undefined;
  return number === begin ? `${setting.key}=(secret)` : '(secret)';
}

interface Said {
  readonly answer: Answer;
  readonly setting?: Assignment;
}

function plain({ kind, begin, number }: PhysicalLine): Said {
  if (kind === 'empty') return { answer: notASetting('an empty line') };
  return {
    answer: notASetting(
      begin === number ? 'a comment' : 'a comment inside a setting that goes on behind it: systemd skips it',
    ),
  };
}

/** A line that continues another does what that one does, unless it was meant as a setting of its own. */
function partOf({ number, begin, text }: PhysicalLine, whole: Said): Said {
  if (number === begin) return whole;
  const key = /^\s*([A-Z][A-Za-z0-9]+)\s*=/.exec(text)?.[1];
  const because = { file: whole.setting?.place.file ?? '', line: number - 1 };
  const place = because.file === '' ? {} : { because };
  if (key !== undefined && sectionOf(key) !== undefined && whole.setting?.key !== key) {
    return {
      answer: noEffect(
        `the line before ends in a backslash, so this one is part of ${whole.setting === undefined ? `line ${begin}` : `the value of ${whole.setting.key}=`}`,
        {
          ...place,
          next: `Take the backslash at the end of line ${number - 1} away, then: systemctl daemon-reload`,
        },
      ),
    };
  }
  return { ...whole, answer: { ...whole.answer, reason: `part of line ${begin}: ${whole.answer.reason}` } };
}

function answerLogicalLine(
  question: Question,
  file: UnitFile,
  lines: readonly PhysicalLine[],
  begin: number,
): Said {
  const parts = lines.filter((line) => line.begin === begin && line.kind === 'text');
  const numbers = new Set(parts.map(({ number }) => number));
  const text = (parts[0]?.text ?? '').trim();
  const brokenHeader = lines.find(
    ({ number, begin: own, kind, text: other }) =>
      number < begin && own === number && kind === 'text' && isBrokenHeader(other),
  );
  if (brokenHeader !== undefined) {
    return {
      answer: noEffect(
        `${file.path}:${brokenHeader.number} is no valid section header, and systemd reads the file no further`,
        {
          because: { file: file.path, line: brokenHeader.number },
          next: `Mend line ${brokenHeader.number}, then: systemctl daemon-reload`,
        },
      ),
    };
  }
  if (text.startsWith('[')) return { answer: answerHeader(text) };
  const setting = file.assignments.find(({ place }) => numbers.has(place.line));
  if (setting !== undefined) return { answer: answerSetting(question, file, setting), setting };
  const problem = file.problems.find(({ place }) => numbers.has(place.line));
  return { answer: withoutSetting(text, problem?.message) };
}

function isBrokenHeader(text: string): boolean {
  return text.trim().startsWith('[') && !text.trim().endsWith(']');
}

function answerHeader(text: string): Answer {
  if (isBrokenHeader(text)) {
    return noEffect(
      'no valid section header: nothing may stand behind the ]. systemd reads the file no further',
      {
        next: `Write ${/^\[[^\]]*/.exec(text)?.[0] ?? '['}] alone on the line, then: systemctl daemon-reload`,
      },
    );
  }
  const section = text.slice(1, -1);
  return unknownSection(section) ?? notASetting(`the header of the section [${section}]`);
}

function withoutSetting(text: string, message: string | undefined): Answer {
  const isOutside = message?.startsWith('Assignment outside') === true;
  const key = text.slice(0, Math.max(0, text.indexOf('='))).trim();
  if (isOutside) {
    const section = sectionOf(key) ?? 'Service';
    return noEffect('it stands before any section header, and systemd ignores it', {
      next: `Write [${section}] on a line of its own before it, then: systemctl daemon-reload`,
    });
  }
  if (text.startsWith('=')) {
    return noEffect("there is no name before the '=', and systemd ignores the line", {
      next: 'Write KEY=VALUE, then: systemctl daemon-reload',
    });
  }
  if (!text.includes('=')) {
    return noEffect("there is no '=' in the line, and systemd ignores it", {
      next: 'Write KEY=VALUE, then: systemctl daemon-reload',
    });
  }
  return noEffect(message ?? 'systemd ignores the line');
}

function answerSetting(question: Question, file: UnitFile, line: Assignment): Answer {
  const fatal = fatalBefore(file, line);
  if (fatal !== undefined) {
    return noEffect(
      `${fatal.key}= in line ${fatal.place.line} has a value that systemd refuses, and of this file all behind it is lost`,
      { because: fatal.place, next: `Mend line ${fatal.place.line}, then: systemctl daemon-reload` },
    );
  }
  const unusual = unknownSection(line.section) ?? unknownKey(line);
  if (unusual !== undefined) return unusual;
  if (isFatal(line)) {
    return noEffect(
      `systemd refuses the value '${maskSecrets(line.value.toString())}', and of this file all behind the line is lost`,
      { next: 'Write a value that it takes, then: systemctl daemon-reload' },
    );
  }
  const answer = inSection(question, line, serviceSection(line.section));
  if (answer.effect !== 'in-force' || question.refused === undefined) return answer;
  const { reason, place, next } = question.refused;
  return noEffect(reason, { ...(place === undefined ? {} : { because: place }), next });
}

function fatalBefore(file: UnitFile, line: Assignment): Assignment | undefined {
  return file.assignments.find((other) => other.place.line < line.place.line && isFatal(other));
}

function inSection(question: Question, line: Assignment, section: ServiceSection | undefined): Answer {
  switch (section) {
    case 'Install':
      return answerInstallLine(question, line);
    case 'Service':
      return answerEnvironmentLine(question, line) ?? answerDirective(question, line);
    case 'Unit':
      return answerDirective(question, line);
    case undefined:
      return inForce('systemd reads it');
  }
}
