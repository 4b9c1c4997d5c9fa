import { expect, test } from 'vitest';
import type { Status } from '../../documents/outcome.ts';
import { statusText } from './status-text.ts';

const PLAIN = { colour: false, width: undefined };

test('each change, and the command that helps where one is interrupted', () => {
  const change = {
    service: 'lighthouse.service',
    startedAt: '2026-06-12T08:00:00Z',
    journal: '/var/lib/cutover/journal/x',
  };
  const status: Status = {
    apiVersion: 'cutover/v1',
    kind: 'Status',
    changes: [
      { ...change, change: '20260612-1', state: 'committed', inForce: true, replacement: '/srv/lamp-2' },
      { ...change, change: '20260612-2', state: 'interrupted', inForce: true },
    ],
  };
  expect(statusText(PLAIN, status)).toBe(
    `20260612-1  committed    lighthouse.service, in force; /srv/lamp-2
20260612-2  interrupted  lighthouse.service, in force; settings only; finish it with: cutover recover
`,
  );
});

test('a machine without changes', () => {
  expect(statusText(PLAIN, { apiVersion: 'cutover/v1', kind: 'Status', changes: [] })).toBe(
    'no change has been made on this machine\n',
  );
});
