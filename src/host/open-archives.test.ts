import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { arOf, END, paxRecords, tarEntry, tarOf, type WrittenEntry } from '../../test/tar-writer.ts';
import { openArchives } from './open-archives.ts';

const LAMP: WrittenEntry = { name: 'bin/lamp', mode: 0o755, content: 'a lamp' };
const DIR = (name: string): WrittenEntry => ({ name, type: '5', mode: 0o755 });
const LINK = (name: string, linkName: string): WrittenEntry => ({ name, type: '2', linkName });
const HARD = (name: string, linkName: string): WrittenEntry => ({ name, type: '1', linkName });
const PAX = (records: Record<string, string>, type = 'x'): WrittenEntry => ({
  name: 'pax',
  type,
  content: paxRecords(records),
});

const tryOpen = (bytes: Uint8Array) => {
  openArchives(rootWith({ '/srv/lamp.tar': bytes }), ['/srv/lamp.tar']);
  return 'taken';
};
const refusal = (bytes: Uint8Array): string => {
  try {
    return tryOpen(bytes);
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^\/srv\/lamp\.tar: /, '') : 'no error';
  }
};

const BOMB = gzipSync(Buffer.alloc(80 * 1024 * 1024));

const HOSTILE: Readonly<Record<string, readonly [bytes: Uint8Array, message: string]>> = {
  'a path upwards': [
    tarOf({ name: '../etc/passwd' }),
    'it has the path "../etc/passwd", which leads upwards',
  ],
  'a path upwards in the middle': [
    tarOf({ name: 'a/../../b' }),
    'it has the path "a/../../b", which leads upwards',
  ],
  'a path upwards in a pax header': [
    tarOf(PAX({ path: '../b' }), LAMP),
    'it has the path "../b", which leads upwards',
  ],
  "a path upwards in GNU's long name": [
    tarOf({ name: 'long', type: 'L', content: '../b\0' }, LAMP),
    'it has the path "../b", which leads upwards',
  ],
  'an absolute path': [tarOf({ name: '/etc/passwd' }), 'it has the path "/etc/passwd", which is absolute'],
  'an absolute link': [
    tarOf(LINK('etc', '/etc')),
    'the link "etc" leads to "/etc", which is absolute: unpacked, it means this machine\'s file',
  ],
  'a link outside': [
    tarOf(LINK('lib/etc', '../../etc')),
    'the link "lib/etc" leads to "../../etc", which is outside the archive',
  ],
  'a link outside in a pax header': [
    tarOf(PAX({ linkpath: '../etc' }), LINK('etc', 'lamp')),
    'the link "etc" leads to "../etc", which is outside the archive',
  ],
  'a link outside through another link': [
    tarOf(LINK('a/b/up', '../..'), LINK('out', 'a/b/up/../etc')),
    'the link "out" leads out of the archive through other links: "a/b/up/../etc"',
  ],
  'links in a circle': [tarOf(LINK('a', 'b'), LINK('b', 'a')), 'the link "a" leads in a circle: "b"'],
  'a link that is written through': [
    tarOf(DIR('real'), LINK('etc', 'real'), { name: 'etc/passwd' }),
    '"etc/passwd" would be written through the link "etc"',
  ],
  'a link in the place of a directory': [tarOf({ name: 'etc/a' }, LINK('etc', 'b')), 'it has "etc" twice'],
  'a link to nothing': [tarOf(LINK('a', '')), 'the link "a" leads nowhere'],
  'a hard link to the outside': [
    tarOf(HARD('passwd', '/etc/passwd')),
    'the hard link "passwd" leads to "/etc/passwd", which is absolute',
  ],
  'a hard link upwards': [
    tarOf(HARD('passwd', '../etc/passwd')),
    'the hard link "passwd" leads to "../etc/passwd", which leads upwards',
  ],
  'a hard link to what is not there': [
    tarOf(HARD('lamp', 'bin/lamp'), LAMP),
    'the hard link "lamp" leads to "bin/lamp", which is no file that came before it',
  ],
  'a hard link to a link': [
    tarOf(LINK('a', 'b'), HARD('c', 'a')),
    'the hard link "c" leads to "a", which is no file that came before it',
  ],
  'a character device': [tarOf({ name: 'mem', type: '3' }), '"mem" is a device'],
  'a block device': [tarOf({ name: 'dev/sda', type: '4' }), '"dev/sda" is a device'],
  'a pipe': [tarOf({ name: 'bell', type: '6' }), '"bell" is a pipe'],
  'a set-user-ID program': [tarOf({ ...LAMP, mode: 0o4755 }), '"bin/lamp" is set-user-ID'],
  'a set-group-ID program': [tarOf({ ...LAMP, mode: 0o2755 }), '"bin/lamp" is set-group-ID'],
  'a program with capabilities': [
    tarOf(PAX({ 'SCHILY.xattr.security.capability': 'x' }), LAMP),
    '"bin/lamp" has capabilities',
  ],
  'a line feed in a name': [tarOf({ name: 'a\nb' }), 'the name "a\\nb" has a control character in it'],
  'an escape in a name': [
    tarOf({ name: 'a\u001b[2Jb' }),
    'the name "a\\u001b[2Jb" has a control character in it',
  ],
  'a line feed in what a link leads to': [
    tarOf(LINK('a', 'b\n')),
    'the link "a" "b\\n" has a control character in it',
  ],
  'a name that is not UTF-8': [tarOf({ name: Buffer.from([0x61, 0xff]) }), 'the name "a\ufffd" is not UTF-8'],
  'a name that is too long': [
    tarOf(PAX({ path: 'x'.repeat(256) }), LAMP),
    `it has the path "${'x'.repeat(40)}"…, which is too long`,
  ],
  'no name': [tarOf({ name: '' }), 'it has an entry without a name'],
  'a top that is a file': [tarOf({ name: '.' }), 'its top is no directory'],
  'a name twice': [tarOf(LAMP, LAMP), 'it has "bin/lamp" twice'],
  'the same name written in two ways': [
    tarOf(LAMP, { ...LAMP, name: './bin//lamp' }),
    'it has "bin/lamp" twice',
  ],
  'a file below a file': [
    tarOf(LAMP, { name: 'bin/lamp/wick' }),
    '"bin/lamp/wick" lies below "bin/lamp", which is a file',
  ],
  'a name for every entry': [
    tarOf(PAX({ path: 'x' }, 'g'), LAMP),
    'its header at byte 0 sets "path" for every entry after it',
  ],
  'a sparse file': [
    tarOf({ ...LAMP, type: 'S' }),
    'its entry at byte 0 is a sparse file, which is not read here',
  ],
  'a sparse file of pax': [
    tarOf(PAX({ 'GNU.sparse.major': '1' }), LAMP),
    'its entry at byte 1024 is a sparse file, which is not read here',
  ],
  'an entry of an unknown kind': [
    tarOf({ ...LAMP, type: 'Z' }),
    'its entry at byte 0 is of a kind that is not known ("Z")',
  ],
  'a directory with content': [
    tarOf({ ...DIR('a'), content: 'b' }),
    'its entry at byte 0 is no file and has 1 bytes of content',
  ],
  'a wrong sum': [tarOf({ ...LAMP, sum: '0000000\0' }), 'its header at byte 0 is damaged'],
  'a negative size': [tarOf({ ...LAMP, size: '\u00ff' }), 'its header at byte 0 is damaged'],
  'a pax header that lies about its length': [
    tarOf({ name: 'pax', type: 'x', content: '99 path=x\n' }, LAMP),
    'its extended header at byte 0 is damaged',
  ],
  'a pax header at the end': [
    tarOf(PAX({ path: 'x' })),
    'it ends after an extended header, without the entry that is meant',
  ],
  'a second archive behind the first': [
    Buffer.concat([tarOf(LAMP), tarOf({ name: '../x' })]),
    'something follows its end mark at byte 1024',
  ],
  'an archive cut off in a header': [
    tarOf(LAMP).subarray(0, 515),
    'it ends after 515 bytes, in the middle of a file: it was cut off',
  ],
  'an archive cut off between entries': [
    tarEntry(LAMP),
    'it ends after 1024 bytes, without its end mark: it was cut off',
  ],
  'an archive cut off in its end mark': [
    Buffer.concat([tarEntry(LAMP), END.subarray(0, 512)]),
    'it ends after 1536 bytes, without its end mark: it was cut off',
  ],
  'a size beyond the end': [
    tarOf({ ...LAMP, size: '77777777777' }),
    'it ends after 2048 bytes, in the middle of a file: it was cut off',
  ],
  'a compressed archive cut off': [
    gzipSync(tarOf(LAMP)).subarray(0, -12),
    'it ends in the middle of its compressed data',
  ],
  'a compressed archive with a wrong checksum': [
    damaged(gzipSync(tarOf(LAMP)), -6),
    'its compressed data is damaged',
  ],
  'a bomb': [BOMB, `its ${BOMB.length} bytes unpack to more than 67108864: no program shrinks like that`],
  'a compressed archive that is nothing but a beginning': [
    Buffer.from('28b52ffd00000000', 'hex'),
    'its compressed data is damaged or cut off (/*stdin*\\ : Read error (39) : premature end)',
  ],
  'no archive': [Buffer.from('a lamp'.repeat(200)), 'its header at byte 0 is damaged'],
  'an empty file': [Buffer.alloc(0), 'it is empty'],
  'an ar archive': [arOf(['lamp.o', 'x']), 'it is an ar archive, but no Debian package of version 2'],
  'a package without files': [
    arOf(['debian-binary', '2.0\n']),
    'it is a Debian package without files (data.tar)',
  ],
  'a package with files twice': [
    arOf(['debian-binary', '2.0\n'], ['data.tar', tarOf(LAMP)], ['data.tar.gz', gzipSync(tarOf(LAMP))]),
    'it is a Debian package with two data.tar',
  ],
  'a package cut off': [
    arOf(['debian-binary', '2.0\n'], ['data.tar', tarOf(LAMP)]).subarray(0, 900),
    'it ends after 900 bytes, in the middle of a part',
  ],
  'a package with a damaged header': [
    damaged(arOf(['debian-binary', '2.0\n'], ['data.tar', tarOf(LAMP)]), 8 + 58),
    'its header at byte 8 is damaged',
  ],
};

test.each(Object.keys(HOSTILE))('%s is refused', (name) => {
  const [bytes, message] = HOSTILE[name] ?? [Buffer.alloc(0), ''];
  expect(refusal(bytes)).toBe(message);
});

test('more entries than any program has are refused', () => {
  const one = tarEntry(DIR('a/'));
  expect(refusal(Buffer.concat([Buffer.alloc(one.length * 200_001, one), END]))).toBe(
    'it has more than 200000 entries',
  );
});

test('what is harmless is taken', () => {
  const archive = openArchives(
    rootWith({
      '/srv/lamp.tar': tarOf(
        DIR('./'),
        { ...DIR('./lib/'), mode: 0o2775 },
        { ...LAMP, name: './bin/lamp' },
        HARD('bin/light', './bin/lamp'),
        LINK('lib/up', '../bin/lamp'),
        LINK('lib/dangling', 'nowhere/../here'),
        PAX({ comment: 'of git archive' }, 'g'),
        PAX({ path: 'größe/ünïcode', mtime: '1.5' }),
        { name: 'x', content: 'so' },
        { name: 'old/directory/', type: '0' },
      ),
    }),
    ['/srv/lamp.tar'],
  );
  expect([...archive.tree.keys()].sort()).toEqual(
    [
      '.',
      'bin',
      'bin/lamp',
      'bin/light',
      'größe',
      'größe/ünïcode',
      'lib',
      'lib/dangling',
      'lib/up',
      'old',
      'old/directory',
    ].sort(),
  );
  expect(archive.list('/bin')).toEqual(['lamp', 'light']);
  expect(archive.lstat('/bin/light')).toEqual({ ...archive.lstat('/bin/lamp') });
  expect(archive.lstat('/lib')).toMatchObject({ type: 'directory', mode: 0o775, uid: 0 });
  expect(archive.lstat('/größe/ünïcode')).toMatchObject({ size: 2, mtimeNs: 1_500_000_000n });
  expect(archive.readLink('/lib/up')).toBe('../bin/lamp');
  expect(archive.lstat('/old/directory')?.type).toBe('directory');
});

test('archives are laid over one another, and no file of one over that of another', () => {
  const root = rootWith({
    '/lamp.tar': tarOf(LINK('bin/light', 'lamp')),
    '/more.tar': tarOf(LAMP),
    '/other.tar': tarOf({ name: 'bin/light' }),
    '/through.tar': tarOf({ name: 'bin/light/x' }),
  });
  expect(openArchives(root, ['/lamp.tar', '/more.tar']).list('/bin')).toEqual(['lamp', 'light']);
  expect(() => openArchives(root, ['/lamp.tar', '/other.tar'])).toThrow(
    '/other.tar: "bin/light" is in another of the archives as well',
  );
  expect(() => openArchives(root, ['/lamp.tar', '/through.tar'])).toThrow(
    '/through.tar: "bin/light/x" would be written through the link "bin/light"',
  );
});

function damaged(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 0xff;
  return copy;
}
