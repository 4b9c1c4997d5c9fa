import type { WhyNot, WhyNotAnswer, WhyNotLine } from '../../documents/why-not.ts';
import { paragraph, rows } from './rows.ts';
import { paint, type Screen, safe } from './screen.ts';

/** Why lines have no effect, for people: the reason first, then what beats the line, then what to type. */
export function whyNotText(screen: Screen, answer: WhyNot): string {
  const { file, line, whole, lines, service } = answer;
  const [only] = lines;
  const body =
    whole !== undefined
      ? alone(screen, `${safe(file)}${line === undefined ? '' : `:${line}`}`, whole, service)
      : line !== undefined && only !== undefined
        ? [...alone(screen, `${safe(file)}:${line}`, only, service, safe(only.text.trim()))]
        : severalLines(screen, answer);
  const closing = answer.notExamined.flatMap((what) => paragraph(screen, `not examined: ${safe(what)}`, 2));
  return `${[...body, ...(closing.length === 0 ? [] : ['', ...closing])].join('\n')}\n`;
}

const VERDICTS = {
  'in-force': 'has an effect on',
  'no-effect': 'has no effect on',
  'not-a-setting': 'sets nothing for',
  unknown: 'may have an effect on',
} as const;

const STYLES = {
  'in-force': 'green',
  'no-effect': 'red',
  'not-a-setting': 'dim',
  unknown: 'yellow',
} as const;

function alone(screen: Screen, place: string, answer: WhyNotAnswer, service: string, text = ''): string[] {
  const verdict = paint(screen, STYLES[answer.effect], VERDICTS[answer.effect]);
  return [
    ...paragraph(screen, `${place} ${verdict} ${safe(service)}`, 0),
    ...(text === '' ? [] : [`  ${paint(screen, 'bold', text)}`]),
    '',
    ...reasonLines(screen, answer),
  ];
}

/** Sentences are wrapped; what is to be typed is not. */
function reasonLines(screen: Screen, { reason, because, next }: WhyNotAnswer): string[] {
  const line = (label: string, text: string): string => `  ${label.padEnd(6)} ${text}`;
  return [
    ...rows(screen, [['why:'.padEnd(5), safe(reason)]], 2),
    ...(because === undefined ? [] : [line('by:', showPlace(because))]),
    ...(next === undefined ? [] : [line('next:', safe(next))]),
  ];
}

function showPlace({ file, line }: NonNullable<WhyNotAnswer['because']>): string {
  return line === undefined ? safe(file) : `${safe(file)}:${line}`;
}

function severalLines(screen: Screen, { file, service, lines }: WhyNot): string[] {
  const settings = lines.filter(({ effect }) => effect !== 'not-a-setting');
  const idle = settings.filter(({ effect }) => effect === 'no-effect').length;
  const heading =
    settings.length === 0
      ? `${safe(file)} sets nothing for ${safe(service)}`
      : idle === 0
        ? `${safe(file)}: nothing in it is without effect on ${safe(service)}`
        : `${safe(file)}: ${idle} of ${settings.length} lines ${idle === 1 ? 'has' : 'have'} no effect on ${safe(service)}`;
  return [...paragraph(screen, heading, 0), ...settings.flatMap((line) => ['', ...lineText(screen, line)])];
}

function lineText(screen: Screen, line: WhyNotLine): string[] {
  const mark = { 'in-force': 'ok', 'no-effect': 'no', 'not-a-setting': '', unknown: '?' }[line.effect];
  return [
    `${paint(screen, STYLES[line.effect], mark.padEnd(2))}  :${line.line}  ${paint(screen, 'bold', safe(line.text.trim()))}`,
    ...reasonLines(screen, line).map((text) => `    ${text}`),
  ];
}
