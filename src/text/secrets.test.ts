import { expect, test } from 'vitest';
import { isSecret, maskSecrets } from './secrets.ts';

test.each([
  ['DB_PASSWORD', 'hunter2', true],
  ['API_TOKEN', 'abc', true],
  ['AWS_SECRET_ACCESS_KEY', 'abc', true],
  ['DATABASE_URL', 'postgres://keeper:hunter2@localhost/lamp', true],
  ['DB_PASSWORD_FILE', '/run/secrets/db', false],
  ['PASSWORD_AUTHENTICATION', 'true', false],
  ['MESOS_MASTER', 'zk://leader.mesos:2181/mesos', false],
  ['DB_PASSWORD', '', false],
  ['MYSQL_PWD', 'gull', true],
  ['PWD', '/srv/lamp', false],
  ['SESSION_SECRETS', 'gull', true],
  ['KEEPER_PASSWORD', '123456', true],
  ['TOKEN_TIMEOUT', '30', false],
  ['TOKENIZER', 'fast', false],
])('%s=%s: %s', (name, value, expected) => {
  expect(isSecret(name, value)).toBe(expected);
});

test.each([
  ['Environment=KEEPER_PASSWORD=gull LAMP=on', 'Environment=KEEPER_PASSWORD=(secret) LAMP=on'],
  ['Environment="KEEPER_PASSWORD=two gulls" LAMP=on', 'Environment="KEEPER_PASSWORD=(secret)" LAMP=on'],
  ['+ Environment="KEEPER_PASSWORD=gull"', '+ Environment="KEEPER_PASSWORD=(secret)"'],
  ['+ export LAMP_TOKEN="a b"', '+ export LAMP_TOKEN=(secret)'],
  ['LAMP=on # nothing here', 'LAMP=on # nothing here'],
])('%s is shown as %s', (line, shown) => {
  expect(maskSecrets(line)).toBe(shown);
});
