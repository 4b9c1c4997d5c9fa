import { type ArMember, isAr, readAr } from '../ar/read-ar.ts';
import { readTar, type TarEntry } from '../tar/read-tar.ts';
import { MalformedArchive } from './malformed-archive.ts';

/**
 * The entries of a tar archive, compressed or not, or of the files in a Debian package; what it is, its bytes tell, not its
 * name. `decompress` unpacks what is compressed. Throws `MalformedArchive`. Source: deb(5).
 */
export function readArchive(
  bytes: Uint8Array,
  decompress: (bytes: Uint8Array) => Uint8Array,
): readonly TarEntry[] {
  if (bytes.length === 0) throw new MalformedArchive('it is empty');
  return readTar(decompress(isAr(bytes) ? packageData(readAr(bytes)) : bytes));
}

function packageData(members: readonly ArMember[]): Uint8Array {
  const [first] = members;
  const version = first?.name === 'debian-binary' ? Buffer.from(first.content).toString('latin1') : '';
  if (!/^2\.\d+\n/.test(version))
    throw new MalformedArchive('it is an ar archive, but no Debian package of version 2');
  const data = members.filter(({ name }) => name === 'data.tar' || name.startsWith('data.tar.'));
  const [only] = data;
  if (only === undefined) throw new MalformedArchive('it is a Debian package without files (data.tar)');
  if (data.length > 1) throw new MalformedArchive('it is a Debian package with two data.tar');
  return only.content;
}
