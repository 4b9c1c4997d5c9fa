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
      {
        ...change,
        change: '20260612-1',
        state: 'committed',
        inForce: true,
        replacement: '/srv/lamp-2',
        snapshots: ['/var/lib/lamp'],
      },
      { ...change, change: '20260612-2', state: 'interrupted', inForce: true, activeState: 'inactive' },
      {
        ...change,
        change: '20260612-3',
        state: 'needs-operator',
        inForce: true,
        activeState: 'active',
        reason: 'the way back failed at step 2 of 4: /etc/lamp.conf: no space is left',
      },
      { ...change, change: '20260612-4', state: 'rolled-back', inForce: false, files: 2 },
      { ...change, change: '20260612-5', state: 'rolled-back', inForce: true, leftAsItIs: true },
    ],
  };
  expect(statusText(PLAIN, status)).toBe(
    `20260612-1  committed       lighthouse.service, in force; /srv/lamp-2, state of /var/lib/lamp
20260612-2  interrupted     lighthouse.service, in force; settings only
20260612-3  needs-operator  lighthouse.service, in force; settings only
20260612-4  rolled-back     lighthouse.service, not in force; 2 files
20260612-5  left as it is   lighthouse.service, in force; settings only
  lighthouse.service is not running
  finish 20260612-2 with: cutover recover
  20260612-3 ended: the way back failed at step 2 of 4: /etc/lamp.conf: no space is left
  now lighthouse.service is active
  take it back with: cutover rollback 20260612-3
`,
  );
});

test('a journal that is damaged does not hide the other changes', () => {
  const journal = '/var/lib/cutover/journal/20260612-3';
  const status: Status = {
    apiVersion: 'cutover/v1',
    kind: 'Status',
    changes: [
      {
        change: '20260612-1',
        service: 'lighthouse.service',
        startedAt: '2026-06-12T08:00:00Z',
        state: 'rolled-back',
        inForce: false,
        journal: '/var/lib/cutover/journal/x',
      },
    ],
    damaged: [
      {
        change: '20260612-3',
        journal: `${journal}/records.jsonl`,
        reason: "record 3 of this journal can't be trusted: its number is 4",
        next: `Move ${journal} away.`,
      },
    ],
  };
  expect(statusText(PLAIN, status)).toBe(
    `20260612-1  rolled-back  lighthouse.service, not in force; settings only
20260612-3  damaged
  record 3 of this journal can't be trusted: its number is 4
  Move /var/lib/cutover/journal/20260612-3 away.
`,
  );
});

test('a change that waits, and one whose time is long past', () => {
  const change = {
    service: 'lamp.service',
    startedAt: '2026-06-12T08:00:00Z',
    state: 'awaiting-confirmation',
    inForce: true,
    confirmBefore: '2026-06-12T08:10:00Z',
    journal: '/var/lib/cutover/journal/x',
  } as const;
  const changes = [
    { ...change, change: '20260612-1', overdue: true as const },
    { ...change, change: '20260612-2' },
  ];
  expect(statusText(PLAIN, { apiVersion: 'cutover/v1', kind: 'Status', changes })).toBe(
    `20260612-1  awaiting-confirmation  lamp.service, in force; settings only
20260612-2  awaiting-confirmation  lamp.service, in force; settings only
  20260612-1 should have been taken back at 2026-06-12T08:10:00Z: cutover rollback 20260612-1
  taken back at 2026-06-12T08:10:00Z unless confirmed: cutover confirm 20260612-2
`,
  );
});

test('a machine without changes', () => {
  expect(statusText(PLAIN, { apiVersion: 'cutover/v1', kind: 'Status', changes: [] })).toBe(
    'no change has been made on this machine\n',
  );
});
