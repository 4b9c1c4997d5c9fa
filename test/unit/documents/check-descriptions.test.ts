import { expect, test } from 'vitest';
import { describeChecks } from '../../../src/check/explain-check.ts';
import { allKnowledge } from '../../../src/knowledge/all-knowledge.ts';

test.each(describeChecks(allKnowledge))(
  '$id has an id of its own, a title and says what makes it silent',
  (check) => {
    expect(describeChecks(allKnowledge).filter(({ id }) => id === check.id)).toHaveLength(1);
    expect(check.title.length).toBeGreaterThan(10);
    expect(check.explains).toMatch(/silent/);
  },
);
