import { expect, test } from 'vitest';
import type { GeneratorArgument } from '../knowledge/knowledge.ts';
import { TracedText } from '../text/traced-text.ts';
import { generatorOverrides } from './generator-overrides.ts';

const ARGUMENTS: Readonly<Record<string, GeneratorArgument>> = {
  colour: { config: 'lamps.yaml', settable: true, why: 'default in gen.py:3' },
  size: { config: 'lamps.yaml', settable: true, why: 'default in gen.py:4' },
  beam: {
    config: 'lamps.yaml',
    settable: false,
    why: 'must: lampgen refuses it',
    from: ['optics', 'colour'],
  },
  optics: { config: 'lamps.yaml', settable: false, why: 'must', from: ['lens', 'beam'] },
  lens: { config: 'lamps.yaml', settable: true, why: 'default in gen.py:9' },
};

function given(...names: string[]): unknown {
  const generated = {
    path: '/opt/lamp',
    content: TracedText.empty,
    rerender: { result: 'identical' as const },
    argument: (name: string) => ARGUMENTS[name],
  };
  const { overrides, futile } = generatorOverrides(
    generated,
    names.map((name) => ({ name, use: name === 'size' ? 'case' : 'value', lines: [1] })),
  );
  return { overrides, futile };
}

const AFTER = 'then the files must be generated anew, and what they are packed in activated on every machine';

test('an argument that the config may set', () => {
  expect(given('colour', 'size', 'unknown')).toEqual({
    overrides: [
      {
        file: 'lamps.yaml',
        exists: false,
        survives: true,
        why: `for all machines: colour (default in gen.py:3); ${AFTER}`,
      },
    ],
    futile: [],
  });
});

test('one that it may not, and what that one is computed from, however far', () => {
  expect(given('beam')).toEqual({
    overrides: [
      {
        file: 'lamps.yaml',
        exists: false,
        survives: true,
        why: `for all machines: colour (default in gen.py:3), from which beam is computed; lens (default in gen.py:9), from which beam is computed; ${AFTER}`,
      },
    ],
    futile: [{ file: 'lamps.yaml', why: 'beam: must: lampgen refuses it' }],
  });
});
