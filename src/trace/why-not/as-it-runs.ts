import type { Assignment } from '../../formats/unit/parse-unit.ts';
import type { SystemdSays } from '../../host/systemd-says.ts';
import { propertyCalled } from '../../service/directives/all-properties.ts';
import { takesRestart } from '../../service/takes-restart.ts';
import { restartAdvice } from '../observed/restart-advice.ts';
import { whyProcessDiffers } from '../observed/why-process-differs.ts';
import { whyUnknown } from '../observed/why-unknown.ts';
import { showMoment } from '../show-moment.ts';
import { type Answer, noEffect } from './answer.ts';
import type { Question } from './question.ts';
import { shellWord } from '../../text/shell-word.ts';

interface Line {
  /** The file that it stands in. */
  readonly file: string;
  /** The line of the unit that makes the setting, or that brings the environment file. */
  readonly setting: Assignment;
  /** The variables that the process should have from it. */
  readonly variables: readonly string[];
}

/**
 * The answer for a line that is in force by the files, held against what systemd and the process say: a file that
 * systemd has not read since, a process that was started before.
 */
export function asItRuns(question: Question, line: Line, answer: Answer): Answer {
  const { says } = question;
  if (says === undefined || answer.effect !== 'in-force') return answer;
  return (
    notReloaded(question, says, line) ??
    notRestarted(question, says, line) ??
    seen(question, says, line, answer)
  );
}

function notReloaded(question: Question, says: SystemdSays, { setting }: Line): Answer | undefined {
  const { host, properties } = question;
  const { file } = setting.place;
  const property = propertyCalled(setting.key);
  if (property !== undefined && setting.section === 'Service' && property.name !== 'Environment') {
    const parsed = properties.get(property.name)?.value;
    const observed = says.properties.get(property.name);
    if (parsed !== undefined && parsed === observed) return undefined;
  }
  const advice = (): ReturnType<typeof restartAdvice> => restartAdvice(question, 'after daemon-reload');
  const real = (path: string): string | undefined => host.realPath(path);
  if (!says.files.some((path) => path === file || real(path) === real(file))) {
    return noEffect(`systemd has not read ${file} yet: it reads its files at daemon-reload`, advice());
  }
  const changed = host.stat(file)?.mtimeNs;
  const { loadedAt } = says.needsReload ? says.manager() : {};
  if (changed === undefined || loadedAt === undefined || changed <= loadedAt) return undefined;
  return noEffect(
    `systemd has not read ${file} since it changed (${showMoment(changed)}): it read its files at ${showMoment(loadedAt)}`,
    advice(),
  );
}

function notRestarted(question: Question, says: SystemdSays, line: Line): Answer | undefined {
  const { process } = says;
  if (process === undefined || !takesRestart(line.setting)) return undefined;
  const { host, environment } = question;
  const observed = process.environment;
  if (line.variables.length > 0 && observed !== undefined) {
    const other = line.variables.filter((name) => {
      const value = environment.effective.get(name)?.value;
      return (
        value !== undefined && whyUnknown(value) === undefined && observed.get(name) !== value.toString()
      );
    });
    const [first] = other;
    if (first === undefined) return undefined;
    const has = observed.has(first) ? 'has another value of' : 'has no';
    const { why, next } = whyProcessDiffers(question, first, says);
    return noEffect(
      `the running process ${process.pid} ${has} ${other.join(', ')}: ${why}`,
      next === undefined ? {} : { next },
    );
  }
  const changed = host.stat(line.file)?.mtimeNs;
  if (changed === undefined || process.startedAt === undefined || changed <= process.startedAt)
    return undefined;
  return noEffect(
    `the running process ${process.pid} is older than the file: started at ${showMoment(process.startedAt)}, the file changed at ${showMoment(changed)}`,
    restartAdvice(question),
  );
}

function seen(question: Question, says: SystemdSays, { setting, variables }: Line, answer: Answer): Answer {
  const property = propertyCalled(setting.key);
  if (variables.length > 0) {
    if (says.process === undefined)
      return { ...answer, reason: `${answer.reason}; the service does not run now` };
    return says.process.environment === undefined
      ? answer
      : { ...answer, reason: `${answer.reason}; the running process has it` };
  }
  const parsed = property === undefined ? undefined : question.properties.get(property.name)?.value;
  if (property === undefined || property.name === 'Environment' || parsed === undefined) return answer;
  const observed = says.properties.get(property.name);
  if (observed === parsed) return { ...answer, reason: `${answer.reason}; systemd says so, too` };
  return noEffect(`systemd has ${property.name}=${observed ?? ''} at this moment`, {
    next: `cutover trace ${shellWord(question.unit.name)} ${property.name}    says why`,
  });
}
