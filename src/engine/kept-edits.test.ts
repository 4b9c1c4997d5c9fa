import { expect, test } from 'vitest';
import { beginRecord } from '../../test/begin-record.ts';
import { machineIn } from '../../test/machine-in.ts';
import type { Step } from '../documents/plan.ts';
import { Journal } from '../journal/journal.ts';
import { keptEdits } from './kept-edits.ts';

const CHANGE = '20160615-152745-000-6a9c1f';
const FOUND = `/var/lib/cutover/snapshots/${CHANGE}/found`;
const before = { type: 'absent' } as const;
const owner = { mode: 0o644, uid: 0, gid: 0 };
const write = (path: string): Step => ({
  kind: 'file-write',
  role: 'file',
  path,
  content: 'new\n',
  ...owner,
  before,
});

test('what two ways back have found is told, but for what the change itself had written', () => {
  const machine = machineIn({
    [`${FOUND}/1-1`]: 'new\n',
    [`${FOUND}/1-2`]: 'new\nand more\n',
    [`${FOUND}/1-4`]: 'made since it was removed\n',
    [`${FOUND}/2-1`]: 'worked on between the two\n',
  });
  machine.files.makeLink('elsewhere', `${FOUND}/2-3`);
  const paths = ['/etc/as-written', '/etc/longer', '/etc/link', '/etc/removed', '/etc/as-before'];
  const [written = '', longer = '', link = '', removed = '', asBefore = ''] = paths;
  const journal = Journal.create(
    machine,
    beginRecord(CHANGE, 'lamp.service', [
      write(written),
      write(longer),
      { kind: 'file-replace', path: link, source: '/srv/new', sha256: 'another', ...owner, before },
      { kind: 'file-remove', path: removed, why: '', before },
    ]),
  );
  const back = [written, longer, link, removed, asBefore].map((path) => ({
    kind: 'file-restore' as const,
    path,
    createdDirectories: [],
  }));
  for (const attempt of [1, 2])
    journal.append({ type: 'back', reason: '', attempt, steps: [{ kind: 'daemon-reload' }, ...back] });
  expect(keptEdits(machine, journal)).toEqual([
    { path: longer, copy: `${FOUND}/1-2` },
    { path: removed, copy: `${FOUND}/1-4` },
    { path: written, copy: `${FOUND}/2-1` },
    { path: link, copy: `${FOUND}/2-3` },
  ]);
});

test('a file whose mode or owner somebody changed was worked on, too', () => {
  const machine = machineIn({ [`${FOUND}/1-0`]: { text: 'new\n', mode: 0o600 }, [`${FOUND}/1-1`]: 'new\n' });
  const steps = [write('/etc/shut'), { ...write('/etc/theirs'), uid: 1 }];
  const journal = Journal.create(machine, beginRecord(CHANGE, 'lamp.service', steps));
  const back = ['/etc/shut', '/etc/theirs'].map((path) => ({
    kind: 'file-restore' as const,
    path,
    createdDirectories: [],
  }));
  journal.append({ type: 'back', reason: '', attempt: 1, steps: back });
  expect(keptEdits(machine, journal)).toEqual([
    { path: '/etc/shut', copy: `${FOUND}/1-0` },
    { path: '/etc/theirs', copy: `${FOUND}/1-1` },
  ]);
});
