import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import type { OpenFile } from '../../host/host.ts';
import { RememberingHost } from '../../host/remembering-host.ts';
import { findTouch } from './find-touch.ts';

const LIMIT = 100_000;

class CountingHost extends RememberingHost {
  opened = 0;

  override open(path: string): OpenFile {
    this.opened += 1;
    return super.open(path);
  }
}

test.each([
  ['that run each other', { '/a': '/b\n/a; /a; /b\n'.repeat(200), '/b': '/a\n/b; /a\n'.repeat(200) }],
  ['with functions that call themselves', { '/a': 'f() { f; f; }\n/a; f\n'.repeat(200) }],
  ['that grow a variable', { '/a': `A=x\n${'A="$A$A$A$A"\n'.repeat(500)}\n/a $A\n` }],
])('scripts %s cost what may be spent and no more, and each is opened once', (_, scripts) => {
  const files = Object.entries(scripts).map(([path, text]) => [
    path,
    { text: `#!/bin/sh\n${text}`, mode: 0o755 },
  ]);
  const host = new CountingHost(rootWith(Object.fromEntries(files)));
  const budget = new Counted(LIMIT);
  const context = { host, target: '/run/lamp.env', environment: new Map(), directory: '/', budget };
  expect(findTouch(context, ['/a'])).toBeUndefined();
  // A charge is of a hundred at least. Behind the last, the commands of the three scripts begun are passed over.
  expect(budget.charges).toBeLessThan(LIMIT / 100 + 3 * 5010);
  expect(budget.charges).toBeGreaterThan(1);
  expect(host.opened).toBeLessThanOrEqual(files.length);
});

/** A budget that counts how often something is taken of it: once for each script and each command. */
class Counted {
  charges = 0;
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  get left(): number {
    return this.#left;
  }

  set left(left: number) {
    this.charges += 1;
    this.#left = left;
  }
}
