import { describe, expect, test } from 'vitest';
import { isShell, readShebang } from './read-shebang.ts';

describe('the first line of a script', () => {
  test.each<[string, string, string | undefined]>([
    ['#!/bin/sh\nlamp', '/bin/sh', undefined],
    ['#! /bin/sh  -e x \t\nlamp', '/bin/sh', '-e x'],
    ['#!/usr/bin/env bash', '/usr/bin/env', 'bash'],
    // What a Windows editor leaves: the kernel looks for a file of that name.
    ['#!/bin/sh\r\nlamp', '/bin/sh\r', undefined],
    ['#!/bin/sh -e\r\nlamp', '/bin/sh', '-e\r'],
  ])('%j', (text, interpreter, argument) => {
    expect(readShebang(text)).toEqual({ interpreter, argument });
  });

  test('none', () => {
    expect(['', '#!', '#! \n/bin/sh', 'echo', ' #!/bin/sh'].map(readShebang)).toEqual(
      Array(5).fill(undefined),
    );
    expect(isShell('/bin/sh\r', undefined)).toBe(false);
  });
});
