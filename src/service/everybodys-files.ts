/** Whether every process of a machine may read a file, or has a use for it: who names it says nothing of one service. */
export function isEverybodys(path: string): boolean {
  return /^\/(?:dev|proc|sys)\//.test(path) || readByEverybody(path) !== undefined;
}

/** Who reads a file that no service names, and why; undefined for a file that is not known to be read by all. */
export function readByEverybody(path: string): string | undefined {
  return READERS.find(({ files }) => files.includes(path))?.why;
}

/** Source: ld.so(8), nsswitch.conf(5), passwd(5), resolv.conf(5), localtime(5), locale(7), machine-id(5). */
const READERS: readonly { readonly files: readonly string[]; readonly why: string }[] = [
  {
    files: ['/etc/ld.so.cache', '/etc/ld.so.preload'],
    why: 'the dynamic loader reads it at the start of every program that is not linked statically',
  },
  {
    files: ['/etc/ld.so.conf'],
    why: 'ldconfig makes /etc/ld.so.cache of it, which the dynamic loader reads at the start of every program',
  },
  {
    files: ['/etc/passwd', '/etc/group', '/etc/shadow', '/etc/gshadow'],
    why: 'systemd and every program that asks for a user or a group by name read it (nsswitch.conf(5), "files")',
  },
  {
    files: ['/etc/nsswitch.conf'],
    why: 'the C library reads it in every program that asks for a user, a group, a host or a service by name',
  },
  {
    files: ['/etc/hosts', '/etc/resolv.conf', '/etc/host.conf', '/etc/gai.conf'],
    why: 'the C library reads it in every program that asks for the address of a host',
  },
  {
    files: ['/etc/services', '/etc/protocols', '/etc/networks', '/etc/ethers', '/etc/rpc'],
    why: 'the C library reads it in every program that asks for a port, a protocol or a network by name',
  },
  {
    files: ['/etc/localtime', '/etc/timezone'],
    why: 'the C library reads it in every program that shows a local time',
  },
  {
    files: ['/usr/lib/locale/locale-archive', '/etc/locale.alias', '/etc/default/locale', '/etc/locale.conf'],
    why: 'every program that is started with a language reads it',
  },
  { files: ['/etc/machine-id', '/etc/hostname'], why: 'systemd reads it at boot, and any program may' },
  { files: ['/etc/os-release', '/usr/lib/os-release'], why: 'systemd reads it, and any program may' },
  { files: ['/etc/environment'], why: 'every session of a user starts with it (pam_env(8))' },
  {
    files: ['/etc/ssl/openssl.cnf', '/etc/ssl/certs/ca-certificates.crt'],
    why: 'every program that uses OpenSSL may read it',
  },
];
