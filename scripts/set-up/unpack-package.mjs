import { runStep } from './run-step.mjs';

const script = `dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --exclude './usr/share/doc/*' \\
  --exclude './usr/share/man/*' --exclude './usr/share/locale/*' --transform 's,^\\./lib/,./usr/lib/,'`;

/** Lays the files of a Debian package into a layer for test machines, without its documentation; /lib is /usr/lib there. */
export function unpackPackage(file, layer) {
  runStep('sh', ['-c', script, 'unpack', file, layer]);
}
