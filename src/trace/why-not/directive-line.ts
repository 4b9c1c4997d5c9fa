import type { Assignment } from '../../formats/unit/parse-unit.ts';
import { ALL_PROPERTIES } from '../../service/directives/all-properties.ts';
import type { EffectiveProperty } from '../../service/directives/effective-property.ts';
import { isDependency } from '../../service/dependency-directives.ts';
import { maskSecrets } from '../../text/secrets.ts';
import { isListDirective } from '../list-directives.ts';
import { type Answer, inForce, noEffect, showBecause } from './answer.ts';
import type { Question } from './question.ts';
import { shellWord } from '../../text/shell-word.ts';

/** What a line of [Unit] or [Service] does to its directive, as far as the unit's files tell. */
export function answerDirective(question: Question, line: Assignment): Answer {
  const answers = ALL_PROPERTIES.flatMap(({ name }) => {
    const effective = question.properties.get(name);
    const hasSay = effective?.steps.some((step) => step.line === line) === true;
    return effective === undefined || !hasSay ? [] : [answerProperty(question, effective, line)];
  });
  const best = answers.find(({ effect }) => effect === 'in-force') ?? answers[0];
  return best ?? answerByOrder(question, line);
}

function answerProperty(question: Question, effective: EffectiveProperty, line: Assignment): Answer {
  const { steps, property, value, rule, unknown } = effective;
  const index = steps.findIndex((step) => step.line === line);
  const step = steps[index];
  if (step === undefined) return answerByOrder(question, line);
  const { assigned } = step;
  if (assigned.operation === 'ignored') {
    return noEffect(
      line.value.length === 0
        ? `an empty ${line.key}= changes nothing: systemd ignores it`
        : `systemd ignores the value: ${assigned.reason}`,
      { next: 'Write a value that systemd takes, then: systemctl daemon-reload' },
    );
  }
  const later = steps.slice(index + 1);
  if (assigned.operation === 'reset') {
    const earlier = steps.slice(0, index).filter(({ assigned: { operation } }) => operation !== 'ignored');
    const last = earlier.at(-1);
    return last === undefined || last.assigned.operation === 'reset'
      ? noEffect(`it takes back what stands before it, and no line before it sets ${line.key}=`)
      : inForce(`takes back what ${showBecause(last.line.place)} sets`, { because: last.line.place });
  }
  const reset = later.find((other) => other.assigned.operation === 'reset');
  if (reset !== undefined) return resetLater(reset.line);
  const winner = later.findLast((other) => other.assigned.operation === 'set');
  if (winner !== undefined) return overridden(line, winner.line);
  const isSame = question.without(line).get(property.name)?.value === value;
  if (rule !== undefined && isSame) {
    return noEffect(`${property.name} is ${value ?? 'not set'} whatever the line says: ${rule}`, {
      next: `cutover trace ${shellWord(question.unit.name)} ${property.name}`,
    });
  }
  const known = value ?? unknown;
  const text = known === undefined ? `it leaves ${property.name} empty` : `${property.name} is ${known}`;
  const more = isSame ? ', and would be without the line' : rule === undefined ? '' : ` (${rule})`;
  return inForce(`${text}${more}`);
}

function resetLater({ key, place }: Assignment): Answer {
  return noEffect(`an empty ${key}= that is read later takes it back`, {
    because: place,
    next: `Write the line after ${showBecause(place)}, in a drop-in whose name sorts later, then: systemctl daemon-reload`,
  });
}

function overridden(line: Assignment, by: Assignment): Answer {
  const text = maskSecrets(`${by.key}=${by.value.toString()}`);
  const isSame = by.value.toString() === line.value.toString();
  return noEffect(`overridden by ${text}, which is read later${isSame ? ' and says the same' : ''}`, {
    because: by.place,
    next: `Change ${showBecause(by.place)}, or write the line in a drop-in whose name sorts later, then: systemctl daemon-reload`,
  });
}

/** Of a directive whose value is not worked out: lists add up, of the others the last line counts. */
function answerByOrder({ unit }: Question, line: Assignment): Answer {
  const isEmpty = line.value.length === 0;
  if (isDependency(line.key)) {
    return isEmpty
      ? noEffect(`an empty ${line.key}= takes nothing back: a dependency that a file names stays`, {
          next: `Take the name away where it is written: systemctl edit --full ${shellWord(unit.name)}`,
        })
      : inForce(`it adds to ${line.key}=; no later line can take it away`);
  }
  const isOfList = sameList(line.key);
  const lines = unit.assignments.filter(({ section, key }) => section === line.section && isOfList(key));
  const later = lines.slice(lines.indexOf(line) + 1);
  const problem = unit.problems.find(
    ({ place }) => place.file === line.place.file && place.line === line.place.line,
  );
  if (problem !== undefined) return noEffect(problem.message);
  if (!isListDirective(line.key)) {
    const winner = later.at(-1);
    if (winner !== undefined) return overridden(line, winner);
    return inForce(`it is the last ${line.key}= that systemd reads`);
  }
  if (isEmpty) {
    const before = lines.slice(0, lines.indexOf(line)).at(-1);
    return before === undefined || before.value.length === 0
      ? noEffect(`it takes back what stands before it, and no line before it sets ${line.key}=`)
      : inForce(`takes back what ${showBecause(before.place)} sets`, { because: before.place });
  }
  const reset = later.find(({ value }) => value.length === 0);
  if (reset !== undefined) return resetLater(reset);
  if (/^(?:Condition|Assert)/.test(line.key))
    return inForce('systemd examines it at each start; whether it holds was not examined');
  return inForce(`it adds to ${line.key}=`);
}

/** An empty condition takes back those of all kinds, and so do assertions. Source: systemd.unit(5). */
function sameList(key: string): (other: string) => boolean {
  const kind = ['Condition', 'Assert'].find((prefix) => key.startsWith(prefix));
  return (other) => (kind === undefined ? other === key : other.startsWith(kind));
}
