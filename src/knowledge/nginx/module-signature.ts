/**
 * What the digits of NGX_MODULE_SIGNATURE say, after the three sizes. Source: src/core/ngx_module.h of nginx 1.9.11 (the
 * first with dynamic modules) to 1.27; digits that are not listed are the same in every build.
 */
const FEATURES: Readonly<Record<number, string>> = {
  1: 'kqueue',
  2: 'IOCP',
  3: 'file AIO (--with-file-aio or --with-compat)',
  4: 'sendfile without disk I/O (or --with-compat)',
  5: 'eventfd',
  6: 'epoll',
  7: 'tunable keep-alive',
  8: 'IPv6',
  10: 'SO_REUSEPORT',
  11: 'accept filters',
  13: 'SO_SETFIB',
  14: 'TCP fast open',
  15: 'unix sockets',
  16: 'variadic macros',
  19: 'openat',
  20: 'atomic operations',
  21: 'POSIX semaphores',
  22: 'threads (--with-threads or --with-compat)',
  23: 'PCRE',
  24: 'TLS for HTTP (--with-http_ssl_module or --with-compat)',
  26: 'gzip',
  28: 'X-Forwarded-For',
  29: 'real IP (--with-http_realip_module)',
  30: 'headers module',
  31: 'WebDAV (--with-http_dav_module)',
  32: 'HTTP cache',
  33: 'upstream zones',
  34: 'binary compatibility (--with-compat)',
};

const SIZES = ['the size of a pointer', 'the size of an atomic value', 'the size of time_t'];

/** For people: in what two signatures differ, the first of the module, the second of the program. */
export function signatureDifferences(module: string, program: string): string[] {
  const [ours, theirs] = [module.split(','), program.split(',')];
  const sizes = SIZES.flatMap((what, index) =>
    ours[index] === theirs[index] ? [] : [`${what} is ${ours[index]} in it and ${theirs[index]} in nginx`],
  );
  const [bits = '', wanted = ''] = [ours[3], theirs[3]];
  if (bits.length !== wanted.length)
    return [...sizes, `it has ${bits.length} features and nginx ${wanted.length}`];
  const features = bits.split('').flatMap((bit, index) => {
    if (bit === wanted[index]) return [];
    const feature = FEATURES[index + 1] ?? `feature ${index + 1}`;
    return [`${feature}: ${isOn(bit)} in it, ${isOn(wanted[index] ?? '')} in nginx`];
  });
  return [...sizes, ...features];
}

function isOn(bit: string): string {
  return bit === '1' ? 'on' : bit === '0' ? 'off' : bit;
}
