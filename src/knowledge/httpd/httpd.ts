import { posix } from 'node:path';
import { readDynamicSymbols } from '../../formats/elf/dynamic-symbols.ts';
import { LinkedData } from '../../formats/elf/linked-data.ts';
import { orMalformed } from '../../formats/elf/malformed.ts';
import { parseElf } from '../../formats/elf/parse-elf.ts';
import type { Host } from '../../host/host.ts';
import { ifReadable } from '../../host/if-readable.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import { linesNamed } from '../configured-program/configuration.ts';
import { ConfiguredExamination } from '../configured-program/configured-examination.ts';
import type { ConfiguredProgram } from '../configured-program/configured-program.ts';
import type { AskedPlugin } from '../configured-program/plugin.ts';
import type { Knowledge } from '../knowledge.ts';
import { apachectl } from './apachectl.ts';
import { HTTPD_CHECKS } from './httpd-checks.ts';
import { httpdIdentity } from './httpd-identity.ts';
import { httpdOptions } from './httpd-options.ts';
import { HttpdScope } from './httpd-scope.ts';
import { identifyModule } from './identify-module.ts';
import { moduleStructure } from './module-structure.ts';
import { type HttpdConfiguration, readHttpdConfiguration } from './read-configuration.ts';
import { httpdTouches } from './touches.ts';

/** What Cutover knows of the Apache HTTP server 2.4, under its own name and Debian's. */
export const httpd: Knowledge = {
  id: 'httpd',
  reads: 'Apache httpd',
  launcher: apachectl,
  examine: (start) => (isHttpd(start) ? new ConfiguredExamination(() => programOf(start)) : undefined),
  checks: [HTTPD_CHECKS.opens, HTTPD_CHECKS.fits],
};

function isHttpd({ launch }: ServiceStart): boolean {
  return /^(?:apache2|httpd)$/.test(posix.basename(launch?.program ?? ''));
}

function programOf(start: ServiceStart): ConfiguredProgram {
  const identity = httpdIdentity(start);
  const options = httpdOptions(start.launch?.args ?? []);
  const root = options.root ?? identity?.built('HTTPD_ROOT') ?? '/usr/local/apache2';
  const file = options.file ?? identity?.built('SERVER_CONFIG_FILE') ?? 'conf/httpd.conf';
  const { launch, service, host } = start;
  const configuration = readHttpdConfiguration(host, {
    ...options,
    root,
    file,
    namedBy:
      options.file === undefined ? 'built into httpd (SERVER_CONFIG_FILE)' : `-f ${file} of the command`,
    command: start.command?.place ?? { file: service.unit.fragment.path, line: 1, column: 1 },
    scope: new HttpdScope(
      launch?.environment ?? new Map(),
      options.defines,
      identity?.linked ?? new Set(),
      identity?.release,
    ),
    sourceOf: (path, structure) => ifReadable(() => sourceOf(host, path, structure)),
  });
  return {
    start,
    name: 'httpd',
    title: identity?.release === undefined ? 'httpd' : `httpd ${identity.release}`,
    attributes: {
      ...(identity?.release === undefined ? {} : { version: identity.release }),
      ...(identity?.magic === undefined
        ? {}
        : { 'module API': `${identity.magic.version}:${identity.magic.minor}` }),
    },
    configuration,
    plugins: pluginsOf(configuration),
    sharesSymbols: true,
    touches: httpdTouches(configuration),
    checks: HTTPD_CHECKS,
    identify: ({ name, directive }, plugin) =>
      directive === 'LoadFile'
        ? { modules: [], misfits: [], doubts: [] }
        : identifyModule(name, plugin, identity),
  };
}

function pluginsOf(configuration: HttpdConfiguration): AskedPlugin[] {
  return linesNamed(configuration, 'loadmodule', 'loadfile').flatMap(({ name, words }): AskedPlugin[] => {
    const isModule = name === 'loadmodule';
    const files = isModule ? words.slice(1, 2) : words;
    return files.map(({ text, place }) => ({
      name: isModule ? (words[0]?.text ?? '') : text,
      file: posix.resolve(configuration.root, text),
      place,
      directive: isModule ? 'LoadModule' : 'LoadFile',
      severity: 'blocker',
      consequence: 'httpd then does not start.',
    }));
  });
}

function sourceOf(host: Host, path: string, structure: string): string | undefined {
  if (host.stat(path)?.type !== 'file') return undefined;
  const source = host.open(path);
  try {
    const elf = parseElf(source);
    const symbols = elf.kind === 'elf' ? readDynamicSymbols(source, elf) : undefined;
    if (elf.kind !== 'elf' || symbols?.kind !== 'symbols') return undefined;
    const data = new LinkedData(source, elf, symbols);
    const symbol = data.symbol(structure);
    const found = symbol && orMalformed(() => moduleStructure(data, symbol.value));
    return found === undefined || 'kind' in found ? undefined : found.name;
  } finally {
    source.close();
  }
}
