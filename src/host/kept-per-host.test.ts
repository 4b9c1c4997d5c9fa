import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import type { Host } from './host.ts';
import { KeptPerHost } from './kept-per-host.ts';
import { RememberingHost, rememberingHost } from './remembering-host.ts';

const LAMP = '/etc/lamp';

test('a host that may change is looked at for each question, one that remembers once', () => {
  const root = rootWith({ [LAMP]: 'on' });
  const kept = new KeptPerHost<string>();
  const ask = (host: Host): string => kept.of(host, () => new TextDecoder().decode(host.readFile(LAMP)));
  const remembering = new RememberingHost(root);
  expect([ask(root), ask(remembering)]).toEqual(['on', 'on']);
  writeFileSync(join(root.root, LAMP), 'off');
  expect([ask(root), ask(remembering), ask(new RememberingHost(root))]).toEqual(['off', 'on', 'off']);
});

test('a host that remembers is not asked to remember twice', () => {
  const once = rememberingHost(rootWith({}));
  expect(rememberingHost(once)).toBe(once);
});
