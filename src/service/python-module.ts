import { posix } from 'node:path';
import type { Host } from '../host/host.ts';

/** The module that `python3 -u -m NAME` runs; undefined for anything else. */
export function pythonModule(program: string, args: readonly string[]): string | undefined {
  if (!/\/python[\d.]*$/.test(program)) return undefined;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (/^-[A-Za-z]*m$/.test(word)) return args[at + 1];
    if (word === '-W' || word === '-X') at += 1;
    else if (!word.startsWith('-') || word === '-' || word.startsWith('-c')) return undefined;
  }
  return undefined;
}

/**
 * Its file: in the working directory first, then along PYTHONPATH, then in the library of this Python. A package is run
 * by its `__main__.py`. Source: the documentation of `sys.path` and `-m` of Python 3.11; Debian's dist-packages.
 */
export function findPythonModule(
  host: Host,
  program: string,
  module: string,
  {
    directory,
    environment,
  }: { readonly directory: string; readonly environment: ReadonlyMap<string, string> },
): string | undefined {
  const real = host.realPath(program) ?? program;
  const version = /python(\d+\.\d+)$/.exec(real)?.[1];
  const prefix = posix.dirname(posix.dirname(real));
  const own =
    version === undefined
      ? []
      : [
          `${prefix}/lib/python${version}`,
          `${prefix}/lib/python${version}/site-packages`,
          `/usr/local/lib/python${version}/dist-packages`,
        ];
  const listed = (environment.get('PYTHONPATH') ?? '').split(':').filter((path) => path !== '');
  const directories = [directory, ...listed, ...own, `${prefix}/lib/python3/dist-packages`];
  const name = module.replaceAll('.', '/');
  return directories
    .flatMap((path) => [`${path}/${name}/__main__.py`, `${path}/${name}.py`])
    .map((path) => posix.resolve(directory, path))
    .find((path) => host.stat(path)?.type === 'file');
}
