import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { buildGraph } from '../graph/build-graph.ts';
import type { Graph } from '../graph/graph.ts';
import { Subject } from '../graph/subject.ts';
import { RootedHost } from '../host/rooted-host.ts';
import { check } from './check.ts';

test('knowledge adds its checks and its points of no return', () => {
  const root = new RootedHost(
    rootWith({ '/etc/systemd/system/lamp.service': '[Service]\nExecStart=/bin/lamp\n' }).root,
  );
  const graph = (compare: boolean): Graph =>
    buildGraph(
      new Subject(root, 'lamp', {
        knowledge: [
          {
            id: 'lamps',
            examine: () => ({
              nodes: [],
              edges: [],
              notExamined: ['the colour of the light'],
              meanings: () => [],
              compare: (tomorrow) => [
                {
                  check: {
                    id: 'lamp-oil',
                    title: 'There is oil',
                    result: compare && tomorrow !== undefined ? 'fault' : 'ok',
                    examined: 1,
                  },
                  findings: [
                    {
                      id: 'lamp-oil',
                      severity: 'note',
                      subject: 'oil',
                      reason: 'low',
                      evidence: [],
                      remedy: 'Fill it.',
                    },
                    {
                      id: 'lamp-oil',
                      severity: 'blocker',
                      subject: 'wick',
                      reason: 'wet',
                      evidence: [],
                      remedy: 'Dry it.',
                    },
                  ],
                },
              ],
              advise: () => ({
                state: [],
                probes: [],
                probesBack: [],
                irreversible: [
                  {
                    id: 'lamp-lit',
                    title: 'The lamp is lit',
                    why: 'Oil burns.',
                    crossedWhenLinkChanged: '/run/lamp',
                    leaveOut: [],
                    difference: 'less oil',
                  },
                ],
              }),
            }),
          },
        ],
      }),
    );
  const report = check(graph(true), graph(false), new Set(['lamp-lit']));
  expect(report.verdict).toBe('blocked');
  expect(report.findings.map(({ severity, subject }) => `${severity} ${subject}`)).toEqual([
    'blocker /bin/lamp',
    'blocker wick',
    'note oil',
  ]);
  expect(report.checks.at(-1)).toEqual({
    id: 'lamp-oil',
    title: 'There is oil',
    result: 'fault',
    examined: 1,
  });
  expect(report.pointsOfNoReturn).toEqual([
    { id: 'lamp-lit', title: 'The lamp is lit', why: 'Oil burns.', accepted: true },
  ]);
  expect(report.notExamined).toContain('the colour of the light');
});
