import { describe, expect, test } from 'vitest';
import { fromBytes } from './byte-source.ts';
import { readNotes } from './notes.ts';
import type { Segment } from './segments.ts';

const PACKAGE = 0xcafe1a7e;
const DLOPEN = 0x407c0c0a;

describe.each(['little', 'big'] as const)('notes of a %s-endian file', (order) => {
  test('the build id, the package, what is opened at run time', () => {
    const bytes = Buffer.concat([
      note('GNU', 3, Buffer.from('00ff10', 'hex')),
      note(
        'FDO',
        PACKAGE,
        '{"type":"deb","name":"lamp","version":"1.2-3","architecture":"amd64","osCpe":"x"}',
      ),
      note(
        'FDO',
        DLOPEN,
        '[{"soname":["libwick.so.2","libwick.so.1"],"feature":"light","priority":"suggested"},{"soname":["liboil.so"]}]',
      ),
    ]);
    expect(read(bytes)).toEqual({
      buildId: '00ff10',
      packageNote: { type: 'deb', name: 'lamp', version: '1.2-3', architecture: 'amd64' },
      dlopenNotes: [
        {
          sonames: ['libwick.so.2', 'libwick.so.1'],
          feature: 'light',
          description: undefined,
          priority: 'suggested',
        },
        { sonames: ['liboil.so'], feature: undefined, description: undefined, priority: 'recommended' },
      ],
    });
  });

  test.each([
    ['another owner', note('ELF', PACKAGE, '{"name":"lamp"}')],
    ['no JSON', note('FDO', PACKAGE, '{"name":')],
    [
      'JSON of another shape',
      Buffer.concat([note('FDO', PACKAGE, '[1]'), note('FDO', DLOPEN, '[1,{"soname":2}]')]),
    ],
    ['a note longer than its segment', note('FDO', PACKAGE, '{"name":"lamp"}').subarray(0, 20)],
  ])('nothing is known from %s', (_, bytes) => {
    expect(read(bytes)).toEqual({ buildId: undefined, packageNote: undefined, dlopenNotes: [] });
  });

  function read(bytes: Buffer) {
    const segment: Segment = {
      type: 'note',
      readable: true,
      writable: false,
      executable: false,
      offset: 0,
      address: 0,
      fileSize: bytes.length,
      memorySize: bytes.length,
      alignment: 4,
    };
    return readNotes(fromBytes(bytes), [segment], order);
  }

  function note(owner: string, type: number, content: string | Buffer): Buffer {
    const text = typeof content === 'string' ? Buffer.from(`${content}\0`) : content;
    const header = Buffer.alloc(12);
    const words = [owner.length + 1, text.length, type];
    for (const [index, word] of words.entries()) {
      if (order === 'little') header.writeUInt32LE(word, index * 4);
      else header.writeUInt32BE(word, index * 4);
    }
    const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    return Buffer.concat([header, padded(Buffer.from(`${owner}\0`)), padded(text)]);
  }
});
