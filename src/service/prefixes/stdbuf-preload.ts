/**
 * Where stdbuf(1) looks for its library: beside itself, then where it was installed; Debian and Fedora have it in different
 * places. Source: set_LD_PRELOAD() in src/stdbuf.c of coreutils 9.1.
 */
export function stdbufPreload(program: string): readonly string[] {
  const directory = program.includes('/') ? program.slice(0, program.lastIndexOf('/')) : '/usr/bin';
  return [directory, '/usr/libexec/coreutils', '/usr/lib/coreutils'].map((path) => `${path}/libstdbuf.so`);
}
