import { expect, test } from 'vitest';
import { readListeningFiles } from './listening-files.ts';

test('files are told from ports and names without a file', () => {
  const output =
    'Listen=/run/a b (c).socket (Stream)\nListen=[::]:22 (Stream)\nListen=@abstract (Datagram)\nListen=/run/lamp (Datagram)\n';
  expect(readListeningFiles(output)).toEqual(['/run/a b (c).socket', '/run/lamp']);
  expect(readListeningFiles('Listen=\n')).toEqual([]);
});
