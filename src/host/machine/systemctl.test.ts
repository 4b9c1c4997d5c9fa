import { expect, test } from 'vitest';
import { complaintOf } from './systemctl.ts';

const CHANGED =
  "Warning: The unit file, source configuration file or drop-ins of lamp.service changed on disk. Run 'systemctl daemon-reload' to reload units.";
const FAILED = "A dependency job for lamp.service failed. See 'journalctl -xe' for details.";

test('a job that failed is told of without what systemctl says of files that it has not read yet', () => {
  const end = { status: 1, stdout: '', stderr: `${CHANGED}\n${FAILED}` };
  expect(complaintOf(end)).toBe(FAILED);
  expect(complaintOf({ ...end, status: 0 })).toBeUndefined();
});
