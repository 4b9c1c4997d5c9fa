import { posix } from 'node:path';
import type { ServiceStart } from '../../service/service-start.ts';
import { ConfiguredExamination } from '../configured-program/configured-examination.ts';
import type { ConfiguredProgram } from '../configured-program/configured-program.ts';
import type { Knowledge } from '../knowledge.ts';
import { askedLibraries } from './asked-libraries.ts';
import { DATA_CHECK, dataFormat } from './data-format.ts';
import { identifyLibrary } from './identify-library.ts';
import { showMajor } from './magic-block.ts';
import { pgCtl } from './pg-ctl.ts';
import { DIRECTIVES_CHECK, POSTGRESQL_CHECKS } from './postgresql-checks.ts';
import { readPostgresqlConfiguration } from './read-configuration.ts';
import { serverDirectories } from './server-directories.ts';
import { serverIdentity } from './server-identity.ts';
import { serverOptions } from './server-options.ts';
import { postgresqlTouches } from './touches.ts';

/** What Cutover knows of PostgreSQL servers, 9.6 to 18. */
export const postgresql: Knowledge = {
  id: 'postgresql',
  reads: 'PostgreSQL',
  launcher: pgCtl,
  examine: (start) => (isPostgresql(start) ? new ConfiguredExamination(() => programOf(start)) : undefined),
  checks: [POSTGRESQL_CHECKS.opens, POSTGRESQL_CHECKS.fits, DIRECTIVES_CHECK, DATA_CHECK],
};

function isPostgresql({ launch }: ServiceStart): boolean {
  return /^(?:postgres|postmaster)$/.test(posix.basename(launch?.program ?? ''));
}

function programOf(start: ServiceStart): ConfiguredProgram {
  const { host, launch, service } = start;
  const place = start.command?.place ?? { file: service.unit.fragment.path, line: 1, column: 1 };
  const options = serverOptions(launch?.args ?? [], launch?.environment ?? new Map());
  const configuration = readPostgresqlConfiguration(host, options, place);
  const identity = serverIdentity(start);
  const magic = identity?.magic;
  const major = magic === undefined ? undefined : showMajor(magic.version);
  const directories = serverDirectories(host, launch?.program ?? '/', major);
  const unfound = [
    ...(directories.libraries === undefined
      ? ["where PostgreSQL's $libdir is: no plpgsql.so in the usual places"]
      : []),
    ...(directories.share === undefined
      ? ['the extensions that are there: no plpgsql.control in the usual places']
      : []),
  ];
  return {
    start,
    name: 'PostgreSQL',
    title: `PostgreSQL ${identity?.release ?? major ?? ''}`.trim(),
    attributes: {
      ...(identity?.release === undefined ? {} : { version: identity.release }),
      ...(magic?.abi === undefined ? {} : { ABI: magic.abi }),
    },
    configuration: {
      ...configuration,
      notExamined: [
        ...configuration.notExamined,
        ...unfound,
        'which extensions were created, and libraries that functions in the database name: the database alone knows',
      ],
    },
    plugins: askedLibraries(host, configuration, directories),
    sharesSymbols: true,
    touches: postgresqlTouches(configuration, host, launch?.environment ?? new Map()),
    checks: POSTGRESQL_CHECKS,
    directives: DIRECTIVES_CHECK,
    state: dataFormat(host, configuration.dataDirectory, identity?.release),
    identify: (_, file) => identifyLibrary(file, identity),
  };
}
