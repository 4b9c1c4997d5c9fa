import type { LoadedObject } from '../formats/elf/loader/loaded-object.ts';
import { parseNsswitch } from '../formats/nsswitch/parse-nsswitch.ts';
import { ifReadable } from '../host/if-readable.ts';
import type { NamedLibraries, NamedLibrary } from './named-library.ts';
import { RunTimeLibraries } from './run-time-libraries.ts';
import type { LoadedProgram, ServiceStart } from './service-start.ts';

/**
 * The modules of the name service switch that the program of a service loads when it looks up users, hosts and the like: those
 * that nsswitch.conf names for the databases that its functions ask. Where the file or a line is missing, glibc has
 * its modules built in. Source: nsswitch.conf(5); nss/nss_module.c of glibc 2.36.
 */
export function nssModules({ host, loaded }: Pick<ServiceStart, 'host' | 'loaded'>): NamedLibraries {
  const libc = loaded?.closure.byName.get('libc.so.6');
  if (loaded === undefined || libc === undefined) return NONE;
  const asked = askedDatabases(loaded, libc);
  const text =
    asked.size === 0 ? undefined : ifReadable(() => Buffer.from(host.readFile(CONF, SIZE_LIMIT)).toString());
  if (text === undefined) return NONE;
  const builtIn = hasBuiltIn(loaded, libc) ? ['files', 'dns'] : [];
  const opened = new RunTimeLibraries(host, loaded);
  const libraries = parseNsswitch(text).flatMap(({ database, services }) => {
    const askedBy = asked.get(database);
    if (askedBy === undefined) return [];
    return services.flatMap(({ name, line, column }): NamedLibrary[] => {
      if (builtIn.includes(name) || !/^[\w.+-]+$/.test(name)) return [];
      const file = `libnss_${name}.so.2`;
      return [
        {
          file,
          purpose: database,
          place: { file: CONF, line, column },
          askedBy,
          otherwise: 'glibc passes over it',
          mayBeAbsent: true,
          library: opened.open(file, false, libc),
        },
      ];
    });
  });
  const first = [...asked][0]?.join(': ');
  return { libraries, files: [{ path: CONF, how: `glibc reads it for ${first}` }], notExamined: [] };
}

const NONE: NamedLibraries = { libraries: [], files: [], notExamined: [] };
const CONF = '/etc/nsswitch.conf';
const SIZE_LIMIT = 1024 * 1024;

/** Since glibc 2.34 the modules `files` and `dns` are part of libc itself. */
function hasBuiltIn({ symbolsOf }: LoadedProgram, libc: LoadedObject): boolean {
  const symbols = symbolsOf(libc);
  return symbols.kind === 'symbols' && symbols.versionsDefined.some(({ name }) => name === 'GLIBC_2.34');
}

/** Each database that a function which the process may call asks, with the first such function. */
function askedDatabases({ closure, symbolsOf }: LoadedProgram, libc: LoadedObject): Map<string, string> {
  const asked = new Map<string, string>();
  for (const object of closure.objects) {
    if (object === libc) continue;
    const symbols = symbolsOf(object);
    if (symbols.kind !== 'symbols') continue;
    for (const { name } of symbols.needed) {
      if (!/^(?:get|set|in|ether_)/.test(name)) continue;
      for (const [database, pattern] of DATABASES)
        if (!asked.has(database) && pattern.test(name)) asked.set(database, `${object.path} calls ${name}`);
    }
  }
  return asked;
}

/** Source: the functions that nss/getXXbyYY.c of glibc makes, and those that call them. */
const DATABASES: readonly (readonly [database: string, pattern: RegExp])[] = [
  ['passwd', /^(?:getpw(?:nam|uid|ent)|setpwent)(?:_r)?$/],
  ['group', /^(?:getgr(?:nam|gid|ent)|setgrent|initgroups|getgrouplist)(?:_r)?$/],
  ['initgroups', /^(?:initgroups|getgrouplist)$/],
  ['shadow', /^(?:getsp(?:nam|ent)|setspent)(?:_r)?$/],
  ['gshadow', /^(?:getsg(?:nam|ent)|setsgent)(?:_r)?$/],
  ['hosts', /^(?:getaddrinfo|getaddrinfo_a|getnameinfo|gethost(?:byname2?|byaddr|ent)(?:_r)?)$/],
  ['services', /^(?:getaddrinfo|getaddrinfo_a|getnameinfo|getserv(?:byname|byport|ent)(?:_r)?)$/],
  ['networks', /^getnet(?:byname|byaddr|ent)(?:_r)?$/],
  ['protocols', /^getproto(?:byname|bynumber|ent)(?:_r)?$/],
  ['rpc', /^getrpc(?:byname|bynumber|ent)(?:_r)?$/],
  ['ethers', /^ether_(?:hostton|ntohost)$/],
  ['netgroup', /^(?:setnetgrent|innetgr|getnetgrent(?:_r)?)$/],
];
