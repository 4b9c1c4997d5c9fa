import type { HttpProbe, Probe } from '../documents/plan.ts';
import type { CommandEnd, HttpAnswer, Machine, UnitLog } from '../host/machine.ts';
import { followPointer } from './json-pointer.ts';

export interface Condition {
  readonly title: string;
  readonly holds: boolean;
  readonly detail: string;
}

const ANSWER_LIMIT_MS = 2000;
const SHOWN = 200;
const LAST_LINES = 2;
const LOG_LINES = 10_000;

/** What a probe is asked about: a unit, and since when what it logged counts (milliseconds since 1970). */
export interface Asked {
  readonly unit: string;
  readonly sinceMs: number;
}

/** Asks once. */
export async function askProbe(machine: Machine, probe: Probe, asked: Asked): Promise<Condition> {
  if ('url' in probe) return judge(probe, await machine.httpGet(probe.url, ANSWER_LIMIT_MS));
  const { title } = probe;
  if ('tcp' in probe) {
    const reason = await machine.tcpConnect(probe.tcp, ANSWER_LIMIT_MS);
    return { title, holds: reason === undefined, detail: `${probe.tcp} ${reason ?? 'accepts connections'}` };
  }
  if ('command' in probe) return judgeCommand(probe, await machine.run(probe.command, ANSWER_LIMIT_MS));
  return judgeLog(probe, await machine.systemd.log(asked.unit, asked.sinceMs, LOG_LINES));
}

/** Whether a unit logged what it shall, or did not log what it shall not. A log that can't be read proves neither. */
export function judgeLog({ title, log, must }: Extract<Probe, { log: string }>, unitLog: UnitLog): Condition {
  if (!unitLog.read) return { title, holds: false, detail: `no log: ${shown(unitLog.reason)}` };
  const line = unitLog.lines.find((text) => text.includes(log));
  const holds = (line !== undefined) === (must === 'appear');
  return {
    title,
    holds,
    detail: line === undefined ? `not logged: ${shown(log)}` : `logged: ${shown(line)}`,
  };
}

/** Whether a program that ran is content, and what it said. */
export function judgeCommand(
  { title, command, prints }: Extract<Probe, { command: string[] }>,
  { status, stdout, stderr }: CommandEnd,
): Condition {
  const program = command.join(' ');
  if (status !== 0) {
    const end = status === undefined ? 'did not end well' : `ended with ${status}`;
    const complained = lastLines(stderr);
    const complaint = complained === '' ? '' : `: ${complained}`;
    const printed = lastLines(stdout);
    const said = printed === '' ? '' : `, printed ${printed}`;
    return { title, holds: false, detail: `${program} ${end}${complaint}${said}` };
  }
  if (prints === undefined) return { title, holds: true, detail: `${program} ended with 0` };
  const holds = stdout.includes(prints);
  const printed = stdout.trim() === '' ? 'nothing' : shown(stdout.trim());
  return { title, holds, detail: `${program} printed ${printed}${holds ? '' : `, not ${shown(prints)}`}` };
}

/** Whether an answer is the one that a probe wants, and why not. */
export function judge(probe: HttpProbe, answer: HttpAnswer): Condition {
  const { title, url } = probe;
  if (!answer.answered) return { title, holds: false, detail: `${url}: ${answer.reason}` };
  if (answer.status !== probe.status) {
    return { title, holds: false, detail: `${url}: status ${answer.status}, not ${probe.status}` };
  }
  if (probe.json.length === 0) return { title, holds: true, detail: `${url}: status ${answer.status}` };
  const document = parse(answer.body);
  if (document === undefined) return { title, holds: false, detail: `${url}: the answer is not JSON` };
  const checks = probe.json.map((wanted) => judgeJson(document, wanted));
  const failed = checks.filter((check) => !check.holds);
  const told = failed.length > 0 ? failed : checks;
  return {
    title,
    holds: failed.length === 0,
    detail: `${url}: ${told.map((check) => check.detail).join(', ')}`,
  };
}

function judgeJson(document: unknown, wanted: HttpProbe['json'][number]): Omit<Condition, 'title'> {
  const pointed = followPointer(document, wanted.pointer);
  if (!pointed.found) return { holds: false, detail: `there is no ${wanted.pointer}` };
  const text = typeof pointed.value === 'string' ? pointed.value : JSON.stringify(pointed.value);
  const is = `${wanted.pointer} is ${shown(text)}`;
  switch (wanted.must) {
    case 'equal':
      return text === wanted.value
        ? { holds: true, detail: is }
        : { holds: false, detail: `${is}, not ${wanted.value}` };
    case 'contain':
      return text.includes(wanted.value)
        ? { holds: true, detail: is }
        : { holds: false, detail: `${is}, which does not contain ${wanted.value}` };
    case 'be-non-empty': {
      const holds = !['', 'null', '[]', '{}'].includes(text);
      return { holds, detail: holds ? is : `${wanted.pointer} is empty` };
    }
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What a program said at the end is most often why it ended. */
function lastLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(-LAST_LINES)
    .map((line) => shown(line.trim()))
    .join(' | ');
}

/** One line, without control characters: it came from the machine. */
function shown(text: string): string {
  const line = text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
