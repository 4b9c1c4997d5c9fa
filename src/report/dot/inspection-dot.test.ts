import { expect, test } from 'vitest';
import type { Inspection } from '../../documents/inspection.ts';
import { inspectionDot } from './inspection-dot.ts';

const node = (kind: 'service' | 'program' | 'library' | 'file', name: string, exists = true) =>
  ({ id: `${kind}:${name}`, kind, name, exists, attributes: {} }) as const;
const edge = (from: string, to: string, kind: 'starts' | 'needs' | 'refers-to') => ({
  from,
  to,
  kind,
  evidence: { how: 'seen' },
});

const INSPECTION: Inspection = {
  apiVersion: 'cutover/v1',
  kind: 'Inspection',
  service: 'lamp.service',
  nodes: [
    node('service', 'lamp.service'),
    node('program', '/bin/"lamp"\u001b'),
    node('library', 'libwick.so', false),
    node('file', '/etc/cron.d/lamp'),
  ],
  edges: [
    edge('service:lamp.service', 'program:/bin/"lamp"\u001b', 'starts'),
    edge('program:/bin/"lamp"\u001b', 'library:libwick.so', 'needs'),
    edge('file:/etc/cron.d/lamp', 'service:lamp.service', 'refers-to'),
  ],
  notExamined: [],
};

test('nodes and edges, names escaped, what is absent dashed', () => {
  expect(inspectionDot(INSPECTION, { only: [], depth: undefined })).toBe(
    String.raw`digraph "lamp.service" {
  rankdir=LR;
  node [shape=box];
  "service:lamp.service" [label="service\nlamp.service"];
  "program:/bin/\"lamp\"\\x1b" [label="program\n/bin/\"lamp\"\\x1b"];
  "library:libwick.so" [label="library\nlibwick.so", style=dashed];
  "file:/etc/cron.d/lamp" [label="file\n/etc/cron.d/lamp"];
  "service:lamp.service" -> "program:/bin/\"lamp\"\\x1b" [label="starts"];
  "program:/bin/\"lamp\"\\x1b" -> "library:libwick.so" [label="needs"];
  "file:/etc/cron.d/lamp" -> "service:lamp.service" [label="refers-to"];
}
`,
  );
});

test('one level, and certain kinds alone', () => {
  expect(inspectionDot(INSPECTION, { only: [], depth: 1 })).not.toContain('libwick');
  expect(
    inspectionDot(INSPECTION, { only: ['library'], depth: undefined }).match(/^ {2}"[^>\n]*$/gm),
  ).toHaveLength(2);
});
