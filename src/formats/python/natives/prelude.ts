import { COLLECTIONS } from './prelude/collections.ts';
import {
  LOGGING,
  MATH,
  PLATFORM,
  RETRYING,
  SOCKET,
  STRING,
  SYS,
  TEAMCITY,
  TYPING,
} from './prelude/constants.ts';
import {
  CRYPTOGRAPHY_BACKENDS,
  CRYPTOGRAPHY_RSA,
  CRYPTOGRAPHY_SERIALIZATION,
  HASHLIB,
  URLLIB_PARSE,
} from './prelude/data.ts';
import { FUNCTOOLS, ITERTOOLS, OPERATOR } from './prelude/functions.ts';
import { IPADDRESS } from './prelude/ipaddress.ts';
import { CHECKSUMDIR, OS, OS_PATH, PKG_RESOURCES, SUBPROCESS } from './prelude/operating-system.ts';
import { RE } from './prelude/re.ts';
import { SCHEMA } from './prelude/schema.ts';

const PRELUDES: Readonly<Record<string, string>> = {
  checksumdir: CHECKSUMDIR,
  collections: COLLECTIONS,
  cryptography: '',
  'cryptography.hazmat': '',
  'cryptography.hazmat.backends': CRYPTOGRAPHY_BACKENDS,
  'cryptography.hazmat.primitives': '',
  'cryptography.hazmat.primitives.asymmetric': '',
  'cryptography.hazmat.primitives.asymmetric.rsa': CRYPTOGRAPHY_RSA,
  'cryptography.hazmat.primitives.serialization': CRYPTOGRAPHY_SERIALIZATION,
  functools: FUNCTOOLS,
  hashlib: HASHLIB,
  ipaddress: IPADDRESS,
  itertools: ITERTOOLS,
  logging: LOGGING,
  math: MATH,
  operator: OPERATOR,
  os: OS,
  'os.path': OS_PATH,
  platform: PLATFORM,
  pkg_resources: PKG_RESOURCES,
  re: RE,
  retrying: RETRYING,
  schema: SCHEMA,
  socket: SOCKET,
  string: STRING,
  subprocess: SUBPROCESS,
  sys: SYS,
  teamcity: TEAMCITY,
  typing: TYPING,
  urllib: '',
  'urllib.parse': URLLIB_PARSE,
};

/** The source of a module that is evaluated in a version of Cutover's own, written in Python; undefined for any other. */
export function preludeSource(module: string): string | undefined {
  return Object.hasOwn(PRELUDES, module) ? PRELUDES[module] : undefined;
}
