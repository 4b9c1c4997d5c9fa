import { type Arbitrary, array, constantFrom, oneof, option, record, sample, tuple } from 'fast-check';
import { ALL_PROPERTIES } from '../../src/service/directives/all-properties.ts';
import { DIRECTIVE_VALUES } from './directive-values.ts';
import { EXEC_LINES } from './exec-lines.ts';

/** Files on a machine, and the unit to ask for. */
export interface UnitCase {
  readonly unit: string;
  readonly files: readonly CaseFile[];
}

export interface CaseFile {
  readonly path: string;
  /** A text as bytes in latin1, or where a link leads. */
  readonly content: { readonly text: string } | { readonly link: string };
}

/** Random units with drop-ins of all directives whose values are known here, in every place and under every name. */
export function unitCases(seed: number, count: number): UnitCase[] {
  return sample(unit(), { seed, numRuns: count }).map((placed, index) => placed(`c${index}`));
}

const UNIT_DIRECTORIES = [
  '/etc/systemd/system',
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];
const DROP_IN_DIRECTORIES = [
  ...UNIT_DIRECTORIES,
  '/etc/systemd/system.control',
  '/run/systemd/system.control',
  '/run/systemd/transient',
  '/etc/systemd/system.attached',
  '/run/systemd/system.attached',
];

type Placed = (id: string) => UnitCase;

function unit(): Arbitrary<Placed> {
  return oneof(
    {
      weight: 3,
      arbitrary: constantFrom<Naming>({ name: '.service', file: '.service', levels: ['.service'] }),
    },
    { weight: 1, arbitrary: constantFrom(DASHED) },
    { weight: 1, arbitrary: constantFrom(INSTANCE, ESCAPED) },
    { weight: 1, arbitrary: constantFrom(DASHED_INSTANCE) },
  ).chain((naming) =>
    record({
      body: fragment(),
      at: constantFrom(...UNIT_DIRECTORIES),
      other: option(tuple(constantFrom(...DROP_IN_DIRECTORIES), oneof(fragment(), constantFrom(''))), {
        freq: 4,
      }),
      alias: option(constantFrom('ask for the alias', 'ask for the unit', 'absolute', 'chain'), { freq: 4 }),
      dropIns: array(dropIn(naming), { maxLength: 4 }),
    }).map(
      (parts): Placed =>
        (id) =>
          place(id, naming, parts),
    ),
  );
}

/** What follows the id of a case: in the unit's name, in its file's name, and in its drop-in directories' names. */
interface Naming {
  readonly name: string;
  readonly file: string;
  readonly levels: readonly string[];
}

const DASHED: Naming = {
  name: '-a-b.service',
  file: '-a-b.service',
  levels: ['-a-b.service', '-a-.service', '-.service'],
};
const INSTANCE: Naming = {
  name: '@x-y.service',
  file: '@.service',
  levels: ['@x-y.service', '@.service', '@x-.service'],
};
const ESCAPED: Naming = {
  name: '@a\\x2db:c.d.service',
  file: '@.service',
  levels: ['@a\\x2db:c.d.service', '@.service'],
};
const DASHED_INSTANCE: Naming = {
  name: '-a@x-y.service',
  file: '-a@.service',
  levels: ['-a@x-y.service', '-a@.service', '-.service', '-@x-y.service', '-a@x-.service', '-@.service'],
};

interface Parts {
  readonly body: string;
  readonly at: string;
  readonly other: readonly [string, string] | null;
  readonly alias: string | null;
  readonly dropIns: readonly ((id: string) => CaseFile)[];
}

function place(id: string, { name, file }: Naming, { body, at, other, alias, dropIns }: Parts): UnitCase {
  const own = `${at}/${id}${file}`;
  const files: CaseFile[] = [{ path: own, content: { text: body } }];
  if (other !== null) files.push({ path: `${other[0]}/${id}${file}`, content: { text: other[1] } });
  const asAlias = (suffix: string): string => suffix.replace(/^/, `${id}z`);
  if (alias !== null) {
    const target = alias === 'absolute' ? own : `../../../${own}`;
    files.push({ path: `/etc/systemd/system/${asAlias(file)}`, content: { link: target } });
    if (alias === 'chain') {
      files.push({
        path: `/run/systemd/system/${id}y${file}`,
        content: { link: `/etc/systemd/system/${asAlias(file)}` },
      });
    }
  }
  const asked = alias === null || alias === 'ask for the unit' ? `${id}${name}` : asAlias(name);
  const all = [...files, ...dropIns.map((of) => of(id))];
  return { unit: asked, files: [...new Map(all.reverse().map((each) => [each.path, each])).values()] };
}

function dropIn({ levels }: Naming): Arbitrary<(id: string) => CaseFile> {
  return tuple(
    constantFrom(...DROP_IN_DIRECTORIES),
    constantFrom(...levels),
    constantFrom('10-a.conf', '10-b.conf', '20.conf', '9.conf', '.hidden.conf', 'x.conf~', 'x', 'Z.conf'),
    oneof(
      { weight: 8, arbitrary: noisy(array(line(), { maxLength: 8 }).map((lines) => lines.join(''))) },
      { weight: 1, arbitrary: constantFrom('', { link: '/dev/null' }, { link: '/nowhere' }) },
    ),
  ).map(
    ([directory, level, file, content]) =>
      (id: string): CaseFile => ({
        path: `${directory}/${id}${level}.d/${file}`,
        content: typeof content === 'string' ? { text: content } : content,
      }),
  );
}

/** Of 20 files one has bytes that no editor writes somewhere between its lines. */
function noisy(text: Arbitrary<string>): Arbitrary<string> {
  return tuple(
    text,
    oneof({ weight: 19, arbitrary: constantFrom('') }, { weight: 1, arbitrary: noise() }),
    constantFrom(0, 1, 2, 5),
  ).map(([content, odd, after]) => {
    if (odd === '') return content;
    const lines = content.split('\n');
    return [...lines.slice(0, after), odd, ...lines.slice(after)].join('\n');
  });
}

function noise(): Arbitrary<string> {
  return constantFrom(
    'Nice=1\u0000Nice=2',
    'Description=caf\u00e9',
    '# caf\u00e9',
    'Description=caf\u00c3\u00a9',
    '\u00ef\u00bb\u00bf[Service]',
    '[Service\nNice=9',
    '[Strange]\nNice=9\n[Service]',
    '[X-Own]\nNice=8\n[Service]',
    '[]\nNice=7',
    '[service]\nNice=6',
    '\rNice=5\r\rNice=6\n\rNice=7',
    '\fNice=3',
    'Nice\u000b=4',
    '\u00c2\u00a0Nice=5',
    '=5',
    'Nice',
    '[Service]\nNice=1=2',
    'Nice=3\\\n',
    'Nice=3\\\\\n',
    '\\\nNice=4',
    '[Service]\\\nNice=4',
    `Description=${'x'.repeat(1024 * 1024)}\nNice=11`,
    `# ${'x'.repeat(1024 * 1024)}\nNice=11`,
    `Description=${'x'.repeat(600_000)}\\\n${'x'.repeat(600_000)}\nNice=11`,
    '[Service]\nNice=12\\',
    'Nice =13',
    '[Service] \nNice=14 # no comment',
    ';Nice=2\n ;Nice=3\n\t#Nice=4',
  );
}

function fragment(): Arbitrary<string> {
  return tuple(
    array(line(), { maxLength: 8 }),
    constantFrom('', '', 'Type=oneshot\n', 'Type=notify\n'),
    constantFrom('\n', '\n', '\n', ''),
  ).chain(([body, type, last]) =>
    noisy(constantFrom(`[Service]\nExecStart=/bin/sleep 1000\n${type}${body.join('')}`)).map(
      (text) => text.replace(/\n$/, '') + last,
    ),
  );
}

const NAMED = Object.entries(DIRECTIVE_VALUES).flatMap(([section, directives]) =>
  Object.entries(directives).map(([name, values]) => ({ section, name, values })),
);

/** For directives without values of their own: something for every kind. */
const ANY_VALUE =
  'yes|no|maybe|0|1|5|-1|a|a b|/a|/a /b|-/a|infinity|1G|10%|0700|1min|kill|fail|10:20|7 SIGHUP'.split('|');

const DIRECTIVES = [
  ...NAMED,
  ...ALL_PROPERTIES.flatMap(({ section, directives }) =>
    directives.map((name) => ({ section, name, values: ANY_VALUE })),
  ).filter(({ name }) => !NAMED.some((known) => known.name === name)),
];

function line(): Arbitrary<string> {
  return oneof(
    { weight: 8, arbitrary: directive() },
    { weight: 1, arbitrary: constantFrom(...EXEC_LINES).map((text) => `[Service]\n${text}\n`) },
  );
}

function directive(): Arbitrary<string> {
  return constantFrom(...DIRECTIVES).chain(({ section, name, values }) =>
    tuple(
      constantFrom(`[${section}]\n`),
      oneof(
        { weight: 5, arbitrary: constantFrom(...values) },
        { weight: 1, arbitrary: constantFrom('', 'nonsense') },
      ),
      layout(),
    ).map(
      ([header, value, [before, around, after]]) =>
        `${header}${before}${name}${around}=${around}${Buffer.from(value).toString('latin1')}${after}\n`,
    ),
  );
}

/** Blanks, comments and continuations that systemd reads over. */
function layout(): Arbitrary<[string, string, string]> {
  return tuple(
    constantFrom('', '', '', ' ', '# a comment\n', '; another\n', '\n', 'NoSuchKey=1\n'),
    constantFrom('', '', '', ' ', '\t', '  '),
    constantFrom('', '', '', ' ', '\t ', ' \\\n', '\\\n# within\n', '\r'),
  );
}
