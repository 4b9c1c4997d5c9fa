import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { buildGraph } from '../../graph/build-graph.ts';
import type { Graph } from '../../graph/graph.ts';
import { Subject } from '../../graph/subject.ts';
import { otherCommandsCheck } from './other-commands.ts';
import { sandboxCheck } from './sandbox.ts';

const UNIT = '/usr/lib/systemd/system/lighthouse.service';

function graph(unit: string): Graph {
  const host = rootWith({ [UNIT]: `[Service]\n${unit}\n` });
  return buildGraph(new Subject(host, 'lighthouse', { knowledge: [] }));
}

test("a line that still runs today's program is a note", () => {
  const today = graph('ExecStartPre=/usr/bin/lamp -t\nExecStart=/usr/bin/lamp\nExecStop=/bin/kill $MAINPID');
  const tomorrow = graph('ExecStartPre=/usr/bin/lamp -t\nExecStart=/opt/lamp-2\nExecStop=/bin/kill $MAINPID');
  const run = otherCommandsCheck.run(today, tomorrow);
  expect(run).toMatchObject({
    examined: 2,
    findings: [
      { severity: 'note', subject: 'ExecStartPre=/usr/bin/lamp -t', evidence: [{ file: UNIT, line: 2 }] },
    ],
  });
  expect(otherCommandsCheck.run(today, today)).toEqual({ examined: 2, findings: [] });
});

test('a program that the unit forbids to execute is a blocker', () => {
  const sandbox = 'NoExecPaths=/\nExecPaths=/usr/bin /usr/lib';
  const inside = graph(`${sandbox}\nExecStart=/usr/bin/lamp`);
  const outside = graph(`${sandbox}\nExecStart=/opt/lamp-2`);
  expect(sandboxCheck.run(inside, inside)).toEqual({ examined: 3, findings: [] });
  expect(sandboxCheck.run(inside, outside)).toMatchObject({
    findings: [{ severity: 'blocker', subject: '/opt/lamp-2', evidence: [{ file: UNIT, line: 2 }] }],
  });
});
