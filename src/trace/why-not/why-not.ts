import { CouldNotRun } from '../../documents/could-not-run.ts';
import type { WhyNot, WhyNotLine } from '../../documents/why-not.ts';
import type { Assignment } from '../../formats/unit/parse-unit.ts';
import type { Host } from '../../host/host.ts';
import type { SystemdSays } from '../../host/systemd-says.ts';
import { EffectiveProperties } from '../../service/directives/effective-property.ts';
import { readEnvironment } from '../../service/environment.ts';
import type { FileLayer } from '../../service/environment-layer.ts';
import { readVariables } from '../../service/environment-lines.ts';
import { loadUnit } from '../../service/load-unit.ts';
import { managerSettings } from '../../service/system-conf.ts';
import { refusedUnit } from '../../service/refused-unit.ts';
import { maskSecrets } from '../../text/secrets.ts';
import { type Answer, noEffect } from './answer.ts';
import { asItRuns } from './as-it-runs.ts';
import { answerEnvironmentFileLines } from './environment-file-lines.ts';
import { answerManagerLines, isManagerFile } from './system-conf-lines.ts';
import type { Question } from './question.ts';
import { answerUnitLines } from './unit-lines.ts';
import { unreadFile } from './unread-file.ts';
import { shellWord } from '../../text/shell-word.ts';

export interface WhyNotOptions {
  readonly showSecrets: boolean;
  /** What the running systemd says of the service, where the host is live and it answers. */
  readonly says?: SystemdSays | undefined;
}

const SIZE_LIMIT = 4 * 1024 * 1024;

/**
 * Why a line of a file, or each line of it, has no effect on a service; or that it has one. Throws `CouldNotRun` for
 * a unit that does not exist, and for a file that the program reads itself.
 */
export function whyNot(
  host: Host,
  serviceName: string,
  { path, line }: { readonly path: string; readonly line?: number },
  options: WhyNotOptions,
): WhyNot {
  const { service, found } = answer(host, serviceName, path, options);
  const notExamined = options.says === undefined ? [whatRuns(host)] : [];
  const head = { apiVersion: 'cutover/v1', kind: 'WhyNot', service, file: path } as const;
  const asked = line === undefined ? {} : { line };
  const confidence = options.says === undefined ? 'parsed' : 'observed';
  if (found.kind === 'whole') {
    const { effect } = found.answer;
    return { ...head, ...asked, effect, whole: found.answer, lines: [], confidence, notExamined };
  }
  const lines = line === undefined ? found.lines : [lineAt(found.lines, line, path)];
  return { ...head, ...asked, effect: effectOf(lines), lines, confidence, notExamined };
}

function whatRuns({ kind }: Host): string {
  return kind === 'live'
    ? 'whether the running systemd has read the files since they changed: it does not answer'
    : 'whether a running systemd and process have it: this is a root directory';
}

type Found =
  | { readonly kind: 'whole'; readonly answer: Answer }
  | { readonly kind: 'lines'; readonly lines: WhyNotLine[] };

function answer(
  host: Host,
  serviceName: string,
  path: string,
  options: WhyNotOptions,
): { service: string; found: Found } {
  try {
    const question = ask(host, serviceName, options.says);
    return { service: question.unit.name, found: lookAt(question, path, options) };
  } catch (error) {
    // A place tells what makes systemd refuse the unit as a whole: a mask, a broken line, a bad environment file.
    if (
      !(error instanceof CouldNotRun) ||
      error.place === undefined ||
      error.what.includes('by the program')
    ) {
      throw error;
    }
    const { what, why, place, next } = error;
    const because = host.lstat(place.file)?.type === 'link' ? { file: place.file } : place;
    const reason = why === undefined ? what : `${what}: ${why.replace(/\.$/, '')}`;
    const service = /\.[a-z]+$/.test(serviceName) ? serviceName : `${serviceName}.service`;
    return {
      service,
      found: {
        kind: 'whole',
        answer: noEffect(reason, { because, ...(next === undefined ? {} : { next }) }),
      },
    };
  }
}

function ask(host: Host, serviceName: string, says: SystemdSays | undefined): Question {
  const unit = loadUnit(host, serviceName);
  if (!unit.name.endsWith('.service')) {
    throw new CouldNotRun(`${unit.name} is not a service`, { next: 'Cutover looks at .service units.' });
  }
  const manager = managerSettings(host);
  const of = (assignments: readonly Assignment[]): EffectiveProperties =>
    new EffectiveProperties(host, { ...unit, assignments }, (setting) =>
      manager.findLast(({ key }) => key === setting)?.value.toString(),
    );
  const properties = of(unit.assignments);
  return {
    host,
    unit,
    environment: readEnvironment(host, unit),
    properties,
    without: (line) => of(unit.assignments.filter((other) => other !== line)),
    refused: refusedUnit(unit, properties),
    says,
  };
}

function lookAt(question: Question, path: string, { showSecrets }: WhyNotOptions): Found {
  const { host, unit, environment } = question;
  const show = (text: string): string => (showSecrets ? text : maskSecrets(text));
  const file = sameFile(host, [unit.fragment, ...unit.dropIns], path);
  if (file !== undefined) {
    const lines = answerUnitLines(question, file, read(host, file.path));
    return {
      kind: 'lines',
      lines: lines.map(({ number, text, answer: parsed, setting, masked }) => ({
        line: number,
        text: masked === undefined || showSecrets ? show(text) : masked,
        ...(setting === undefined
          ? parsed
          : asItRuns(
              question,
              { file: file.path, setting, variables: variablesOf(question, setting) },
              parsed,
            )),
      })),
    };
  }
  const layers = environment.layers.filter(
    (layer): layer is FileLayer => layer.kind === 'file' && layer.content !== undefined,
  );
  const matching = layers.filter((layer) => sameFile(host, [layer], path) !== undefined);
  const layer = matching.findLast(({ resetBy }) => resetBy === undefined) ?? matching.at(-1);
  if (layer !== undefined) {
    const lines = answerEnvironmentFileLines(question, layer, read(host, layer.path));
    return {
      kind: 'lines',
      lines: lines.map(({ number, text, answer: parsed, variable, masked }) => ({
        line: number,
        text: masked === undefined || showSecrets ? show(text) : masked,
        ...(variable === undefined
          ? parsed
          : asItRuns(
              question,
              { file: layer.path, setting: layer.directive, variables: [variable] },
              parsed,
            )),
      })),
    };
  }
  if (host.stat(path)?.type === 'file' && isManagerFile(question, path)) {
    const lines = answerManagerLines(question, path, read(host, path));
    return {
      kind: 'lines',
      lines: lines.map(({ number, text, answer: parsed }) => ({ line: number, text: show(text), ...parsed })),
    };
  }
  return { kind: 'whole', answer: unreadFile(question, path) };
}

/** The variables that the process receives from an `Environment=` line. */
function variablesOf({ host, unit, environment }: Question, setting: Assignment): string[] {
  if (setting.key !== 'Environment') return [];
  return readVariables(host, unit.name, setting).variables.flatMap(({ name }) => {
    const layer = environment.effective.get(name)?.layer;
    return layer?.kind === 'directive' && layer.directive === setting ? [name] : [];
  });
}

/** By its path, else as another name of the same file. */
function sameFile<File extends { readonly path: string }>(
  host: Host,
  files: readonly File[],
  path: string,
): File | undefined {
  const exact = files.find((file) => file.path === path);
  if (exact !== undefined) return exact;
  const real = host.realPath(path);
  return real === undefined ? undefined : files.find((file) => host.realPath(file.path) === real);
}

function read(host: Host, path: string): string {
  return new TextDecoder().decode(host.readFile(path, SIZE_LIMIT));
}

function lineAt(lines: readonly WhyNotLine[], line: number, path: string): WhyNotLine {
  const found = lines.find((one) => one.line === line);
  if (found !== undefined) return found;
  const answered = noEffect(`the file ends with line ${lines.length}`, { next: `cat -n ${shellWord(path)}` });
  return { line, text: '', ...answered };
}

/** Of several lines: no, if one setting among them has no effect. */
function effectOf(lines: readonly WhyNotLine[]): WhyNot['effect'] {
  const effects = new Set(lines.map(({ effect }) => effect));
  return ORDER.find((effect) => effects.has(effect)) ?? 'not-a-setting';
}

const ORDER = ['no-effect', 'in-force', 'unknown', 'not-a-setting'] as const;
