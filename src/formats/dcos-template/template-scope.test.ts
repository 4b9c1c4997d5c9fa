import { describe, expect, test } from 'vitest';
import { parseTemplate } from './parse-template.ts';
import { mergedScope, scopeOfTemplate, type ScopeRule, type TemplateScope } from './template-scope.ts';

function scope(source: string, rule: ScopeRule): TemplateScope {
  const template = parseTemplate('t', source);
  if (template.kind === 'fault') throw new Error(template.message);
  return scopeOfTemplate(template.chunks, rule);
}

/** `a s(1: b c; 2: )` */
function shown({ variables, switches }: TemplateScope): string {
  const cases = [...switches].map(([name, of]) => {
    const inner = [...of].map(([value, one]) => `${value}: ${shown(one)}`);
    return `${name}(${inner.join('; ')})`;
  });
  return [...variables, ...cases].join(' ');
}

const ONE = '{% switch s %}{% case "1" %}{{ b }}{% case "2" %}{% endswitch %}';
const OTHER = '{% switch s %}{% case "2" %}{{ c }}{% case "1" %}{{ d }}{% endswitch %}';
const LOOP =
  '{% for m in list %}{{ m }}{{ e }}{% switch t %}{% case "x" %}{{ m }}{{ f }}{% endswitch %}{% endfor %}';

describe('the arguments that a template needs', () => {
  test('up to 1.8: the second of two switches counts alone, and none in a loop', () => {
    expect(shown(scope(`{{ a }}${ONE}${OTHER}`, 'overwritten'))).toBe('a s(2: c; 1: d)');
    expect(shown(scope(LOOP, 'overwritten'))).toBe('e');
  });

  test('from 1.9 on: both count', () => {
    expect(shown(scope(`{{ a }}${ONE}${OTHER}`, 'merged'))).toBe('a s(1: b d; 2: c)');
    expect(shown(scope(LOOP, 'merged'))).toBe('e t(x: f)');
  });
});

describe('the arguments that several templates need', () => {
  const more = '{{ a }}{% switch s %}{% case "3" %}{{ g }}{% endswitch %}';
  test('up to 1.8 add up, cases and all', () => {
    expect(shown(mergedScope(scope(ONE, 'overwritten'), scope(more, 'overwritten'), 'overwritten'))).toBe(
      'a s(1: b; 2: ; 3: g)',
    );
  });

  test('from 1.9 on must have the same cases', () => {
    const merging = () => mergedScope(scope(ONE, 'merged'), scope(more, 'merged'), 'merged');
    expect(merging).toThrow('the switches on s have different cases');
    expect(shown(mergedScope(scope(ONE, 'merged'), scope(OTHER, 'merged'), 'merged'))).toBe(
      's(1: b d; 2: c)',
    );
  });
});
