import type { Assignment } from '../../formats/unit/parse-unit.ts';
import { type EnvironmentLayer, variableOf } from '../../service/environment-layer.ts';
import { notAFile } from '../../service/not-a-file.ts';
import { readFileName, readNames, readVariables } from '../../service/environment-lines.ts';
import { type Answer, inForce, noEffect, showBecause } from './answer.ts';
import { answerVariables } from './beaten-by.ts';
import type { Question } from './question.ts';
import { shellWord } from '../../text/shell-word.ts';

/** What a line of [Service] does to the environment; undefined for one that has nothing to do with it. */
export function answerEnvironmentLine(question: Question, line: Assignment): Answer | undefined {
  if (!KEYS.includes(line.key)) return undefined;
  if (line.value.length === 0) return answerReset(question, line);
  const layers = question.environment.layers.filter(
    (layer) => layer.kind !== 'default' && layer.directive === line,
  );
  const resetBy = layers.flatMap((layer) =>
    'resetBy' in layer && layer.resetBy !== undefined ? [layer.resetBy] : [],
  )[0];
  if (resetBy !== undefined) {
    return noEffect(`an empty ${line.key}= that is read later takes it back`, {
      because: resetBy.place,
      next: `Write the line after ${showBecause(resetBy.place)}, in a drop-in whose name sorts later, then: systemctl daemon-reload`,
    });
  }
  switch (line.key) {
    case 'Environment':
      return answerEnvironment(question, line, layers[0]);
    case 'EnvironmentFile':
      return answerFile(question, line, layers);
    case 'PassEnvironment':
      return answerPassed(question, line);
    default:
      return answerUnset(question, line);
  }
}

const KEYS = ['Environment', 'EnvironmentFile', 'PassEnvironment', 'UnsetEnvironment'];

function answerReset({ unit }: Question, line: Assignment): Answer {
  const lines = unit.assignments.filter(({ section, key }) => section === 'Service' && key === line.key);
  const before = lines.slice(0, lines.indexOf(line)).at(-1);
  return before === undefined || before.value.length === 0
    ? noEffect(`it takes back what stands before it, and no line before it sets ${line.key}=`)
    : inForce(`takes back what ${showBecause(before.place)} sets`, { because: before.place });
}

function answerEnvironment(
  question: Question,
  line: Assignment,
  layer: EnvironmentLayer | undefined,
): Answer {
  const { variables, problems } = readVariables(question.host, question.unit.name, line);
  const ignored = problems.map(({ message }) => message.replace(/^Environment=: /, ''));
  const names = [...new Set(variables.map(({ name }) => name))];
  if (names.length === 0 || layer === undefined) {
    return noEffect(ignored.join('; ') || 'it assigns nothing', {
      next: 'Write Environment="NAME=value", then: systemctl daemon-reload',
    });
  }
  const isCited = names.some((name) => /\$\w|\$\{/.test(variableOf(layer, name)?.value.toString() ?? ''));
  return answerVariables(question, layer, names, [
    ...ignored,
    ...(isCited
      ? ['systemd puts no value in place of $NAME here: the process receives the dollar sign']
      : []),
  ]);
}

function answerFile(question: Question, line: Assignment, layers: readonly EnvironmentLayer[]): Answer {
  const { path, optional, problems } = readFileName(question.host, question.unit.name, line);
  if (path === undefined) {
    const message = problems[0]?.message ?? 'systemd ignores the line';
    const mend = message.includes('is no specifier')
      ? 'Write %% for a percent sign'
      : 'Write an absolute path';
    return noEffect(message, { next: `${mend}, then: systemctl daemon-reload` });
  }
  const files = layers.filter((layer) => layer.kind === 'file');
  const present = files.filter(({ content }) => content !== undefined);
  if (present.length === 0) {
    const isPattern = files.some(({ pattern }) => pattern === true);
    const reason = isPattern ? undefined : notAFile(question.host, path);
    const what = reason === undefined ? `no file matches ${path}` : `${path} ${reason}`;
    const rest = optional
      ? ", and the '-' makes that no error"
      : `, and systemd does not start ${question.unit.name} without it`;
    return noEffect(`${what}${rest}`, { because: { file: path }, next: `ls -l ${shellWord(path)}` });
  }
  const refused = present.find(({ content }) => content?.refused !== undefined);
  if (refused?.content?.refused !== undefined && present.length === 1) {
    return noEffect(`${refused.path}: ${refused.content.refused}`, {
      because: { file: refused.path },
      next: `file ${shellWord(refused.path)}`,
    });
  }
  const effective = [...question.environment.effective.values()].filter(({ layer }) =>
    files.some((file) => file === layer),
  );
  const names = new Set(files.flatMap(({ variables }) => variables.map(({ name }) => name)));
  if (effective.length > 0) {
    return inForce(`it brings ${effective.length} of the ${names.size} variables of the file to the process`);
  }
  if (names.size === 0) return noEffect(`${present[0]?.path} sets no variable`, { because: { file: path } });
  return noEffect(`each variable of ${present[0]?.path} is set again, or taken away, by what is read later`, {
    because: { file: path },
    next: `cutover trace ${shellWord(question.unit.name)} --why-not ${shellWord(present[0]?.path ?? 'FILE')}`,
  });
}

function answerPassed({ host, unit, environment, says }: Question, line: Assignment): Answer {
  const { entries, problems } = readNames(host, unit.name, line);
  if (entries.length === 0) return noEffect(problems[0]?.message ?? 'it names nothing');
  const beaten = entries.filter((name) => {
    const layer = environment.effective.get(name)?.layer;
    return layer !== undefined && layer.kind !== 'default';
  });
  if (beaten.length === entries.length) {
    const name = beaten[0] ?? '';
    const place = environment.effective.get(name)?.place;
    return noEffect(`${beaten.join(', ')}: the unit sets it itself, and that beats what is passed`, {
      ...(place === undefined ? {} : { because: place }),
      next: `cutover trace ${shellWord(unit.name)} ${shellWord(name)}`,
    });
  }
  const own = says?.manager().environment;
  if (own !== undefined && !entries.some((name) => own.has(name))) {
    return noEffect(`systemd itself has no ${entries.join(', ')} that it could pass on`, {
      next: 'systemctl show-environment',
    });
  }
  return inForce(
    `systemd passes ${entries.join(', ')} on where it has it itself (systemctl show-environment)`,
  );
}

function answerUnset({ host, unit, environment, says }: Question, line: Assignment): Answer {
  const { entries, problems } = readNames(host, unit.name, line);
  if (entries.length === 0) return noEffect(problems[0]?.message ?? 'it names nothing');
  const set = entries.filter((entry) => {
    const [name = ''] = entry.split('=');
    const values = environment.layers.flatMap((layer) =>
      'resetBy' in layer && layer.resetBy !== undefined
        ? []
        : (variableOf(layer, name)?.value.toString() ?? []),
    );
    if (!entry.includes('=')) return values.length > 0;
    return values.at(-1) === entry.slice(name.length + 1);
  });
  const names = entries.map((entry) => entry.split('=')[0] ?? '');
  const own = says?.manager().environment ?? SYSTEMDS_OWN;
  const taken = [...set.map((entry) => entry.split('=')[0]), ...entries.filter((entry) => own.has(entry))];
  if (taken.length > 0) return inForce(`it takes ${[...new Set(taken)].join(', ')} away last of all`);
  const value = entries.some((entry) => entry.includes('=')) ? ' to that value' : '';
  return noEffect(`no file sets ${names.join(', ')}${value}, so there is nothing to take away`, {
    next: `cutover trace ${shellWord(unit.name)} ${shellWord(names[0] ?? '')}`,
  });
}

/** Variables that it has even where no file says so. Source: locale_context_load() of systemd 252. */
const SYSTEMDS_OWN: ReadonlySet<string> = new Set(['LANG']);
