import { posix } from 'node:path';
import type { ServiceStart } from '../../service/service-start.ts';
import { linesNamed } from '../configured-program/configuration.ts';
import { ConfiguredExamination } from '../configured-program/configured-examination.ts';
import type { ConfiguredProgram } from '../configured-program/configured-program.ts';
import type { Knowledge } from '../knowledge.ts';
import { refuseTwice } from './refuse-twice.ts';
import { identifyModule } from './identify-module.ts';
import { showVersion } from './module-structure.ts';
import { DIRECTIVES_CHECK, NGINX_CHECKS } from './nginx-checks.ts';
import { nginxIdentity } from './nginx-identity.ts';
import { nginxPaths } from './nginx-paths.ts';
import { readNginxConfiguration } from './read-configuration.ts';
import { nginxTouches } from './touches.ts';

/** What Cutover knows of nginx with dynamic modules, 1.11.0 and later, and of OpenResty. */
export const nginx: Knowledge = {
  id: 'nginx',
  reads: 'nginx',
  examine: (start) => (isNginx(start) ? new ConfiguredExamination(() => programOf(start)) : undefined),
  checks: [NGINX_CHECKS.opens, NGINX_CHECKS.fits, DIRECTIVES_CHECK],
};

function isNginx({ launch }: ServiceStart): boolean {
  return /^(?:nginx|nginx-debug|openresty)$/.test(posix.basename(launch?.program ?? ''));
}

function programOf(start: ServiceStart): ConfiguredProgram {
  const paths = nginxPaths(start);
  const command = start.command?.place ?? { file: start.service.unit.fragment.path, line: 1, column: 1 };
  const configuration = readNginxConfiguration(start.host, paths, command);
  const identity = nginxIdentity(start);
  const once = refuseTwice();
  const attributes = identity && {
    version: showVersion(identity.version),
    signature: identity.signature,
  };
  return {
    start,
    name: 'nginx',
    title: identity === undefined ? 'nginx' : `nginx ${showVersion(identity.version)}`,
    attributes: attributes ?? {},
    configuration,
    plugins: linesNamed(configuration, 'load_module').flatMap(({ name, words }) =>
      words.slice(0, 1).map(({ text, place }) => ({
        name: text,
        file: posix.resolve(paths.prefix, text),
        place,
        directive: name,
        severity: 'blocker',
        consequence: 'nginx then does not start.',
      })),
    ),
    sharesSymbols: true,
    touches: nginxTouches(configuration, paths.prefix, posix.dirname(paths.file), paths.stores),
    checks: NGINX_CHECKS,
    directives: DIRECTIVES_CHECK,
    identify: (asked, file) => once(asked, file.path, identifyModule(asked.directive, file, identity)),
  };
}
