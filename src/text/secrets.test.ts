import { expect, test } from 'vitest';
import { isSecret } from './secrets.ts';

test.each([
  ['DB_PASSWORD', 'hunter2', true],
  ['API_TOKEN', 'abc', true],
  ['AWS_SECRET_ACCESS_KEY', 'abc', true],
  ['DATABASE_URL', 'postgres://keeper:hunter2@localhost/lamp', true],
  ['DB_PASSWORD_FILE', '/run/secrets/db', false],
  ['PASSWORD_AUTHENTICATION', 'true', false],
  ['MESOS_MASTER', 'zk://leader.mesos:2181/mesos', false],
  ['DB_PASSWORD', '', false],
])('%s=%s: %s', (name, value, expected) => {
  expect(isSecret(name, value)).toBe(expected);
});
