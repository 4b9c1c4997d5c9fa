// Archives as tar, dpkg-deb and xz make them, unpacked by Cutover and by tar: the same trees.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { layTree } from '../../../src/host/machine/lay-tree.ts';
import { openArchives } from '../../../src/host/open-archives.ts';
import { liveHost } from '../../../src/host/rooted-host.ts';

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
  ['a tar with zstd', `${TAR} --zstd -cf lamp .`],
  ['a tar with bzip2', `${TAR} -cjf lamp .`],
  ['a tar with a filter before its xz', `${TAR} -cf plain/t . && xz -c --x86 --lzma2 plain/t > lamp`],
  ['a package with zstd', 'dpkg-deb -Zzstd -b tree lamp'],
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
  ['xz', 'its compressed data is damaged or cut off (xz: (stdin): Unexpected end of input)'],
  ['zstd', 'its compressed data is damaged or cut off (/*stdin*\\ : Read error (39) : premature end)'],
  ['bzip2', 'its compressed data is damaged or cut off (bzip2: Compressed file ends unexpectedly;)'],
])('%s that is cut off is refused', (program, message) => {
  const packed = execFileSync('bash', ['-ec', `tar -cf - -C tree bin | ${program} -c`], {
    cwd: work,
    maxBuffer: 2 ** 28,
  });
  writeFileSync(`${work}/cut`, packed.subarray(0, packed.length / 2));
  expect(() => openArchives(liveHost(), [`${work}/cut`])).toThrow(message);
});

test.each(['xz -0', 'zstd', 'bzip2'])('a bomb of %s is not unpacked further than it may be', (program) => {
  shell(`head -c 80M /dev/zero | ${program} > bomb`);
  expect(() => openArchives(liveHost(), [`${work}/bomb`])).toThrow(
    / unpack to more than 67108864: no program shrinks like that$/,
  );
});
