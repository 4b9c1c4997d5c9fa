import type {
  EnvironmentAssignment,
  EnvironmentFile,
} from '../../formats/environment-file/parse-environment-file.ts';
import type { FileLayer } from '../../service/environment-layer.ts';
import { sectionOf } from '../../service/known-keys.ts';
import { holdsSecretValue } from '../../text/secrets.ts';
import { type Answer, noEffect, notASetting, showBecause } from './answer.ts';
import { answerVariables } from './beaten-by.ts';
import type { Question } from './question.ts';
import { shellWord } from '../../text/shell-word.ts';

export interface AnsweredEnvironmentLine {
  readonly number: number;
  readonly text: string;
  readonly answer: Answer;
  /** The variables that the line gives the process. */
  readonly variable?: string;
  /** The text without the secret that it is a part of. */
  readonly masked?: string;
}

/** What each line of an environment file that the unit reads does. */
export function answerEnvironmentFileLines(
  question: Question,
  layer: FileLayer,
  content: string,
): AnsweredEnvironmentLine[] {
  const texts = content.split(/\r\n|\n|\r/);
  if (texts.at(-1) === '') texts.pop();
  const file = layer.content;
  return texts.map((text, index): AnsweredEnvironmentLine => {
    const number = index + 1;
    const line = { number, text };
    if (file?.refused !== undefined) {
      return { ...line, answer: noEffect(file.refused, { next: `file ${shellWord(layer.path)}` }) };
    }
    const whole = file === undefined ? undefined : assignmentAt(file, number);
    if (file === undefined || whole === undefined)
      return { ...line, answer: withoutVariable(text, texts, index, file) };
    const answer = answerAssignment(question, layer, file, whole);
    const isFirst = number === whole.place.line;
    return {
      ...line,
      answer: isFirst ? answer : continued(text, whole, answer),
      ...(answer.effect === 'in-force' ? { variable: whole.name } : {}),
      ...(holdsSecretValue(whole.name, whole.value.toString())
        ? { masked: isFirst ? `${whole.name}=(secret)` : '(secret)' }
        : {}),
    };
  });
}

/** The assignment that begins in the line or goes on in it. */
function assignmentAt(file: EnvironmentFile, line: number): EnvironmentAssignment | undefined {
  return file.assignments.findLast(({ place, value }) => {
    const places = value.slices.flatMap(({ origin, text }) =>
      origin.kind === 'literal' ? [origin.place.line + text.split('\n').length - 1] : [],
    );
    return place.line <= line && line <= Math.max(place.line, ...places);
  });
}

function continued(text: string, { name, place }: EnvironmentAssignment, answer: Answer): Answer {
  if (!/^\s*[A-Za-z_]\w*\s*=/.test(text)) {
    return { ...answer, reason: `part of the value of ${name} in line ${place.line}: ${answer.reason}` };
  }
  return noEffect(
    `it is part of the value of ${name}: a quote of line ${place.line} is not closed, or a line before ends in a backslash`,
    { because: place, next: `Mend line ${place.line}, then restart the service` },
  );
}

function withoutVariable(
  text: string,
  texts: readonly string[],
  index: number,
  file: EnvironmentFile | undefined,
): Answer {
  const lead = text.trimStart();
  if (lead === '') return notASetting('an empty line');
  const before = texts[index - 1] ?? '';
  const isInComment = /^\s*[#;].*\\$/.test(before) && !/^[#;]/.test(lead);
  if (isInComment) {
    return noEffect('the comment in the line before ends in a backslash, which makes this line part of it', {
      next: `Take the backslash at the end of line ${index} away, then restart the service`,
    });
  }
  if (/^[#;]/.test(lead)) return notASetting('a comment');
  const shell = /^export\s+([A-Za-z_]\w*)\s*=/.exec(lead);
  if (shell !== null) {
    return noEffect(
      `systemd is no shell: 'export ${shell[1]}' is no name of a variable, and it drops the line`,
      { next: `Write ${shell[1]}=… without export, then restart the service` },
    );
  }
  const problem = file?.problems.find(({ place }) => place.line === index + 1);
  return noEffect(problem?.message ?? 'systemd drops the line', {
    next: 'Write NAME=value, then restart the service',
  });
}

function answerAssignment(
  question: Question,
  layer: FileLayer,
  file: EnvironmentFile,
  assignment: EnvironmentAssignment,
): Answer {
  const { name, value, place } = assignment;
  if (layer.resetBy !== undefined) {
    return noEffect('an empty EnvironmentFile= that is read later takes the whole file back', {
      because: layer.resetBy.place,
      next: `Write EnvironmentFile=${layer.path} after ${showBecause(layer.resetBy.place)}, then: systemctl daemon-reload`,
    });
  }
  const again = file.assignments.findLast((other) => other.name === name);
  if (again !== undefined && again !== assignment) {
    return noEffect(`${name} is set again further down in the file`, {
      because: again.place,
      next: `Change line ${again.place.line}, then restart the service`,
    });
  }
  const text = value.toString();
  const caveats = [
    ...(/\$\w|\$\{/.test(text)
      ? ['systemd puts no value in place of $NAME here: the process receives the dollar sign']
      : []),
    ...(/\s#/.test(text) ? ['a # behind a value begins no comment: it is part of the value'] : []),
    ...(sectionOf(name) === undefined
      ? []
      : [`as a variable: ${name}= as a directive belongs in a unit file`]),
  ];
  const answer = answerVariables(question, layer, [name], caveats);
  if (answer.effect !== 'in-force' || question.refused === undefined) return answer;
  return noEffect(question.refused.reason, {
    because: question.refused.place ?? place,
    next: question.refused.next,
  });
}
