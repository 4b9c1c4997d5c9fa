import { expect, test } from 'vitest';
import { secretRanges } from './secret-ranges.ts';

/** The line with each secret part as stars. */
function masked(...lines: string[]): string {
  const text = lines.at(-1) ?? '';
  return secretRanges(lines, lines.length)
    .toReversed()
    .reduce((line, { from, to }) => line.slice(0, from) + '*'.repeat(to - from) + line.slice(to), text);
}

test('a value is a secret by the name before it, however it is written', () => {
  expect(masked('KEEPER_PASSWORD=gull and tern')).toBe('KEEPER_PASSWORD=*************');
  expect(masked('Environment=LAMP=dim KEEPER_PASSWORD=gull')).toBe(
    'Environment=LAMP=dim KEEPER_PASSWORD=****',
  );
  expect(masked('  "api_key": "0123", "lamp": "dim"')).toBe('  "api_key": ******, "lamp": "dim"');
  expect(masked('access-token: gull')).toBe('access-token: ****');
});

test('a password in a URL is a secret', () => {
  expect(masked('SEA=amqp://keeper:gull@sea/')).toBe('SEA=amqp://keeper:****@sea/');
});

test('so is each line of a private key, and no line after it', () => {
  const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIB', '-----END RSA PRIVATE KEY-----'];
  expect(masked(...key.slice(0, 2))).toBe('****');
  expect(masked(...key, 'LAMP=dim')).toBe('LAMP=dim');
});

test('what speaks of secrets without being one stays', () => {
  const lines = [
    'LAMP=dim',
    'PASSWORD_FILE=/etc/lamp/password',
    'TOKEN_TIMEOUT=30',
    'url: http://sea:80/a@b',
  ];
  for (const line of lines) expect(masked(line)).toBe(line);
});
