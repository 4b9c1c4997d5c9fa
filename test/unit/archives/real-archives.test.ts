// Archives as tar, dpkg-deb and xz make them, unpacked by Cutover and by tar: the same trees.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MalformedArchive } from '../../../src/formats/archive/malformed-archive.ts';
import { decodeXz } from '../../../src/formats/xz/decode-xz.ts';
import { layTree } from '../../../src/host/machine/lay-tree.ts';
import { openArchives } from '../../../src/host/open-archives.ts';
import { liveHost } from '../../../src/host/rooted-host.ts';
import { Random } from '../../elf-fuzz/random.ts';

let work: string;
const shell = (script: string): string =>
  execFileSync('bash', ['-ec', script], { cwd: work, encoding: 'utf8', maxBuffer: 2 ** 28 });
/** Of a tree: modes of directories (tar spoils their times where a package has its links last), times of all else, content. */
const photograph = (directory: string): string =>
  shell(
    `cd ${directory} && find . -mindepth 1 \\( -type d -printf '%p %y %m\\n' -o -type l -printf '%p %y %T@ %l\\n' -o -printf '%p %y %m %n %T@\\n' \\) | sort &&
     find . -type f -print0 | sort -z | xargs -0 sha256sum`,
  );

beforeAll(() => {
  work = mkdtempSync(`${tmpdir()}/cutover-archives-`);
  const long = `${'long-name-'.repeat(9)}/${'deep-'.repeat(20)}`;
  shell(`mkdir -p tree/{bin,lib/deep,empty,DEBIAN} 'tree/${long}' plain
    cp /bin/ls tree/bin/ls; ln tree/bin/ls tree/bin/dir; ln -s ls tree/bin/vdir; ln -s ../../bin/ls tree/lib/deep/ls
    ln -s 'lib/${'x'.repeat(150)}' tree/dangling; : > tree/nothing; echo ünïcode > 'tree/größe "a" \\\\b'
    echo long > 'tree/${long}/file'; head -c 511 /dev/urandom > tree/511; head -c 512 /dev/urandom > tree/512
    chmod 0640 tree/511; chmod 0700 tree/empty; touch -d '1999-12-31 23:59:58' tree/512; touch -h -d '2001-02-03' tree/bin/vdir
    printf 'Package: lamp\\nVersion: 1\\nArchitecture: all\\nMaintainer: a\\nDescription: a\\n' > tree/DEBIAN/control
    find tree -depth -type d -exec touch -d '2010-01-01' {} +`);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const TAR = 'tar --exclude ./DEBIAN -C tree';
test.each([
  ['a tar of GNU', `${TAR} --format=gnu -cf lamp .`],
  ['a tar of pax', `${TAR} --format=posix --pax-option=delete=atime,delete=ctime -cf lamp .`],
  ['a tar without a top', `${TAR} -cf lamp bin lib empty dangling nothing 511 512`],
  ['a tar with gzip', `${TAR} -czf lamp .`],
  ['a tar with xz', `${TAR} -cJf lamp .`],
  ['a package with xz', 'dpkg-deb -Zxz -b tree lamp'],
  ['a package with gzip', 'dpkg-deb -Zgzip -b tree lamp'],
  ['a package that is not compressed', 'dpkg-deb -Znone -b tree lamp'],
  [
    'a tar of Python',
    `python3 -c "import tarfile; t = tarfile.open('lamp', 'w:xz'); t.add('tree/bin', 'bin'); t.close()"`,
  ],
])('%s', (_, make) => {
  shell(`rm -rf lamp theirs ours; mkdir theirs; ${make}`);
  shell('(dpkg-deb --fsys-tarfile lamp 2>/dev/null || cat lamp) > plain/tar; tar -xf plain/tar -C theirs');
  layTree(openArchives(liveHost(), [`${work}/lamp`]).tree, `${work}/ours`);
  const seconds = (text: string) => text.replaceAll(/(\d{9,})\.\d{10}/g, '$1'); // of tar files and of ours
  expect(seconds(photograph('ours'))).toBe(seconds(photograph('theirs')));
});

test.each([
  '-0',
  '-6',
  '-9e --check=crc32',
  '-T2 --block-size=64KiB --check=sha256',
  '--check=none',
  '--lzma2=preset=6,lc=0,lp=4,pb=0,dict=4KiB',
])('xz %s', (options) => {
  const source = Buffer.concat([
    readFileSync('/bin/ls'),
    Buffer.alloc(70_000),
    Buffer.from('a lamp '.repeat(9999)),
  ]);
  writeFileSync(`${work}/plain/source`, source);
  const packed = execFileSync('bash', ['-ec', `xz -c ${options} plain/source`], {
    cwd: work,
    maxBuffer: 2 ** 28,
  });
  const sizes: number[] = [];
  expect(source.equals(decodeXz(packed, (size) => sizes.push(size)))).toBe(true);
  expect(sizes).toEqual([source.length]);
  const twice = Buffer.concat([packed, Buffer.alloc(8), packed]);
  expect(Buffer.concat([source, source]).equals(decodeXz(twice, () => undefined))).toBe(true);
});

test('xz that was damaged anywhere is refused', () => {
  const seed = Number(process.env['CUTOVER_SEED'] ?? Date.now() % 1_000_000);
  console.info(`seed ${seed}`);
  const random = new Random(seed);
  writeFileSync(`${work}/plain/source`, readFileSync('/bin/ls').subarray(0, 4000));
  const packed = execFileSync('xz', ['-c', `${work}/plain/source`]);
  const tries = 400;
  for (let count = 0; count < tries; count += 1) {
    const damaged = Buffer.from(packed);
    const at = random.below(packed.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 + random.below(255));
    expect(() => decodeXz(damaged, () => undefined), `byte ${at}`).toThrow(MalformedArchive);
    expect(() => decodeXz(packed.subarray(0, at), () => undefined), `cut at ${at}`).toThrow(MalformedArchive);
  }
});

test('a bomb of xz is refused before it is unpacked', () => {
  shell('head -c 80M /dev/zero | xz -0 -T2 > bomb');
  expect(() => openArchives(liveHost(), [`${work}/bomb`])).toThrow(
    / unpack to more than 67108864: no program shrinks like that$/,
  );
});

test('a filter before the compression is told of', () => {
  shell('xz -c --x86 --lzma2 /bin/ls > filtered');
  expect(() => openArchives(liveHost(), [`${work}/filtered`])).toThrow(
    'it is compressed with a filter that is not read here (a BCJ or delta filter of xz)',
  );
});
