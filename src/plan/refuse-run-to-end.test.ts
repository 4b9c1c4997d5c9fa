import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { loadService } from '../service/service.ts';
import { refuseRunToEnd } from './refuse-run-to-end.ts';

const UNIT = '/etc/systemd/system/sweep.service';

function refuse(lines: string, more: Readonly<Record<string, string>> = {}): () => void {
  const host = rootWith({ [UNIT]: `[Service]\n${lines}\nExecStart=/usr/bin/sweep\n`, ...more });
  return () => refuseRunToEnd(host, loadService(host, 'sweep'));
}

test('a oneshot that does not remain is never active: refused with what to write', () => {
  expect(refuse('Type=oneshot')).toThrow(
    expect.objectContaining({
      what: 'sweep.service is never active, so the gate of a change can not hold',
      place: { file: UNIT, line: 2, column: 1 },
      next: expect.stringContaining(
        '/etc/systemd/system/sweep.service.d/remain.conf with the content "[Service]" and "RemainAfterExit=yes"',
      ),
    }),
  );
});

test('a oneshot that remains, also by a drop-in, and a service of another type are not', () => {
  expect(refuse('Type=oneshot\nRemainAfterExit=yes')).not.toThrow();
  expect(refuse('Type=simple')).not.toThrow();
  const dropIn = { [`${UNIT}.d/remain.conf`]: '[Service]\nRemainAfterExit=yes\n' };
  expect(refuse('Type=oneshot', dropIn)).not.toThrow();
});
