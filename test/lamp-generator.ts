import type { GeneratorArgument, Knowledge } from '../src/knowledge/knowledge.ts';
import type { Hop } from '../src/text/hop.ts';
import type { Place } from '../src/text/place.ts';
import { TracedText } from '../src/text/traced-text.ts';

const TEMPLATE = '/opt/lamp/gen/lamp.yaml';
const CODE = '/opt/lamp/gen/calc.py';
const SECRETS = '/opt/lamp/gen/secrets.py';

/** What the lamp's generator makes of /etc/lamp.env. */
export const LAMP_ENV = ['LAMP=dim,red', 'KEEPER=Ida', 'KEEPER_KEY=gull', 'HARBOUR=north', ''].join('\n');

/**
 * A generator of one file, /etc/lamp.env, for tests of what is made of explanations: a value computed from two
 * constants, one given by the operator and recovered from the file, a secret, and a line of a case. `found` is what
 * the file says instead of what the sources give.
 */
export const lampGenerator: Knowledge = {
  id: 'lamp',
  explainFile(host, path) {
    if (host.realPath(path) !== '/etc/lamp.env') return undefined;
    const found = new TextDecoder().decode(host.readFile(path));
    return {
      path,
      content: content(),
      template: at(TEMPLATE, 3, 11),
      rerender:
        found === LAMP_ENV
          ? { result: 'identical', by: 'bytes' }
          : { result: 'different', line: 1, column: 6, expected: 'LAMP=dim,red', found: 'LAMP=bright' },
      notes: ['keeper was recovered from the file'],
      argument: (name) => ARGUMENTS[name],
    };
  },
};

const ARGUMENTS: Readonly<Record<string, GeneratorArgument>> = {
  lamp: { config: 'lamp-config.yaml', settable: false, why: 'must' },
  keeper: { config: 'lamp-config.yaml', settable: true, why: 'nothing else sets it' },
  keeper_key: { config: 'lamp-config.yaml', settable: true, why: 'default', secret: true },
};

function content(): TracedText {
  const text = (line: number, value: string): TracedText => TracedText.literal(value, at(TEMPLATE, line, 7));
  const lamp = TracedText.concat([
    TracedText.literal('dim', at(CODE, 2, 9)).through({
      kind: 'constant',
      place: at(CODE, 2, 1),
      text: "DIM = 'dim'",
      name: 'DIM',
    }),
    TracedText.literal(',', at(CODE, 9, 12)),
    TracedText.literal('red', at(CODE, 3, 9)),
  ])
    .through({
      kind: 'expression',
      place: at(CODE, 9, 12),
      text: "','.join([DIM, RED])",
      name: 'lamp',
      why: 'must',
    })
    .through(tag(5, 'lamp'));
  const keeper = TracedText.from('Ida', { kind: 'input', name: 'keeper', place: at('/etc/lamp.env', 2, 8) });
  const harbour: Hop = {
    kind: 'template',
    place: at(TEMPLATE, 8, 1),
    text: '{% case "sea" %}',
    name: 'shore',
    why: 'shore is "sea"',
  };
  return TracedText.concat([
    text(5, 'LAMP='),
    lamp,
    text(5, '\nKEEPER='),
    keeper.through(tag(6, 'keeper')),
    text(6, '\nKEEPER_KEY='),
    TracedText.literal('gull', at(SECRETS, 1, 8)).through(tag(7, 'keeper_key')),
    text(7, '\n'),
    text(9, 'HARBOUR=north\n').through(harbour),
  ]);
}

function tag(line: number, name: string): Hop {
  return { kind: 'template', place: at(TEMPLATE, line, 12), text: `{{ ${name} }}`, name };
}

function at(file: string, line: number, column: number): Place {
  return { file, line, column };
}
