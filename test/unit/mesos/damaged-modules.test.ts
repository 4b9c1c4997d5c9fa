// A modules JSON that the agent can not read: no answer of inspect, a blocker of check, whoever is asked.
import { describe, expect, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import { buildGraph, buildWholeGraph } from '../../../src/graph/build-graph.ts';
import { Subject } from '../../../src/graph/subject.ts';
import { allKnowledge } from '../../../src/knowledge/all-knowledge.ts';
import { MODULES, mesosRoot } from '../../mesos-root.ts';
import { hasCompiler } from '../../small-elf.ts';

describe.skipIf(!hasCompiler)('a modules JSON that does not parse', () => {
  const subject = (modules?: string): Subject =>
    new Subject(mesosRoot(modules === undefined ? {} : { modules }), 'lamp-agent', {
      knowledge: allKnowledge,
    });

  test('inspect answers with its place and nothing else', () => {
    expect(() => buildWholeGraph(subject('{\n  "libraries": [}\n'))).toThrow(
      `${MODULES}:2:17: a value should stand here, not '}'`,
    );
  });

  test('check is blocked by it', () => {
    const report = check(buildGraph(subject()), buildGraph(subject('[')), new Set());
    const ofMesos = report.findings.filter(
      ({ id, severity }) => severity === 'blocker' && id.startsWith('mesos-'),
    );
    expect(report.verdict).toBe('blocked');
    expect(ofMesos.map(({ id, subject: what }) => [id, what])).toEqual([['mesos-modules', MODULES]]);
  });
});
