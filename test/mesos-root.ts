import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { RootedHost } from '../src/host/rooted-host.ts';
import { AgentExamination } from '../src/knowledge/mesos/agent-examination.ts';
import { mesos } from '../src/knowledge/mesos/mesos.ts';
import { readServiceStart } from '../src/service/read-service-start.ts';
import { loadService } from '../src/service/service.ts';
import { field, framed } from './protobuf-writer.ts';
import { rootWith } from './root-with.ts';
import { library, program } from './small-elf.ts';

const UNIT = '/etc/systemd/system/lamp-agent.service';
export const ENVIRONMENT = '/etc/lamp/agent.env';
export const MODULES = '/etc/lamp/modules.json';
export const LATEST = '/var/lib/lamp/meta/slaves/latest';
export const OLD_AGENT = '/opt/lamp/bin/mesos-slave';
export const NEW_AGENT = '/srv/mesos/bin/mesos-agent';

export const SETTINGS: Readonly<Record<string, string>> = {
  MESOS_MODULES: `file://${MODULES}`,
  MESOS_WORK_DIR: '/var/lib/lamp',
  MESOS_ISOLATION: 'cgroups/cpu,posix/disk,org_lamp_GlowIsolator',
  MESOS_HOOKS: 'org_lamp_EchoHook',
  MESOS_CONTAINER_LOGGER: 'org_lamp_KeptLogger',
  MESOS_RESOURCES: 'cpus:4;mem:8192;disk(*):1000;ports:[31000-32000]',
  MESOS_HOSTNAME: '10.0.0.7',
};

const DEFAULT_MODULES = {
  libraries: [
    {
      file: '/opt/lamp/lib/libstats.so',
      modules: [{ name: 'org_lamp_GlowIsolator' }, { name: 'org_lamp_EchoHook' }],
    },
    { file: '/opt/lamp/lib/liblogger.so', modules: [{ name: 'org_lamp_KeptLogger' }] },
  ],
};

export interface MesosRootOptions {
  readonly program?: string;
  /** Over the defaults; undefined takes a setting out. */
  readonly settings?: Readonly<Record<string, string | undefined>>;
  /** The content of the modules JSON. */
  readonly modules?: string;
  /** Resources of the checkpointed agent; null: there is no checkpoint. */
  readonly checkpoint?: readonly Buffer[] | null;
  /** NVIDIA's library, and those of its programs that are there. */
  readonly nvidia?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** A file that is cut off after so many bytes. */
  readonly cutOff?: { readonly path: string; readonly size: number };
}

/**
 * A root with a Mesos agent of each of two releases, as small as they can be: programs and libraries without a
 * line of Mesos, which have the names, the module records and the symbols that are looked at. Needs g++.
 *
 *     /opt/lamp    Mesos 0.28.1 with the modules of libstats.so and liblogger.so
 *     /srv/mesos   Mesos 1.0.0 with a liblogger.so of its own
 */
export function mesosRoot(options: MesosRootOptions = {}): RootedHost {
  const settings = Object.entries({ ...SETTINGS, ...options.settings });
  const host = rootWith({
    [UNIT]: `[Service]\nEnvironmentFile=${ENVIRONMENT}\nExecStart=${options.program ?? OLD_AGENT}\n`,
    [ENVIRONMENT]: settings
      .map(([name, value]) => (value === undefined ? '' : `${name}=${value}\n`))
      .join(''),
    [MODULES]: options.modules ?? JSON.stringify(DEFAULT_MODULES, undefined, 2),
    ...options.files,
  });
  cpSync(builtOnce(), host.root, { recursive: true, verbatimSymlinks: true });
  if (options.cutOff !== undefined) truncateSync(join(host.root, options.cutOff.path), options.cutOff.size);
  if (options.checkpoint !== null) checkpoint(host.root, options.checkpoint ?? RESOURCES);
  if (options.nvidia !== undefined) {
    cpSync(join(host.root, 'nvml.so'), join(host.root, 'usr/lib64/libnvidia-ml.so.1'), { recursive: true });
    for (const name of options.nvidia) writeFileSync(join(host.root, 'usr/bin', name), '');
  }
  return host;
}

export function examined(host: RootedHost): AgentExamination {
  const examination = mesos.examine?.(readServiceStart(host, loadService(host, 'lamp-agent')));
  if (!(examination instanceof AgentExamination)) throw new Error('no Mesos agent was recognised');
  return examination;
}

export function scalar(name: string, value: number): Buffer {
  return field.bytes(
    3,
    field.bytes(1, name),
    field.integer(2, 0),
    field.bytes(3, field.double(1, value)),
    field.bytes(6, '*'),
  );
}

const PORTS = field.bytes(
  3,
  field.bytes(1, 'ports'),
  field.integer(2, 1),
  field.bytes(4, field.bytes(1, field.integer(1, 31000), field.integer(2, 32000))),
  field.bytes(6, '*'),
);

export const RESOURCES: readonly Buffer[] = [
  scalar('cpus', 4),
  scalar('mem', 8192),
  scalar('disk', 1000),
  PORTS,
];

function checkpoint(root: string, resources: readonly Buffer[]): void {
  const directory = join(root, 'var/lib/lamp/meta/slaves/lamp-S7');
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, 'slave.info'),
    framed(
      field.bytes(1, '10.0.0.7'),
      ...resources,
      field.bytes(6, field.bytes(1, 'lamp-S7')),
      field.integer(7, 1),
      field.integer(8, 5051),
    ),
  );
  symlinkSync('/var/lib/lamp/meta/slaves/lamp-S7', join(root, LATEST));
}

let built: string | undefined;
afterAll(() => {
  if (built !== undefined) rmSync(built, { recursive: true });
});

/** Compiled when the first test of a file asks for it. */
function builtOnce(): string {
  if (built !== undefined) return built;
  const root = mkdtempSync(join(tmpdir(), 'cutover-mesos-'));
  built = root;
  for (const directory of ['usr/bin', 'usr/lib64']) mkdirSync(join(root, directory), { recursive: true });
  const [old, recent] = [join(root, 'opt/lamp'), join(root, 'srv/mesos')];
  library(join(old, 'lib/libmesos-0.28.1.so'), 'namespace process { int subprocess(int) { return 1; } }');
  library(
    join(recent, 'lib/libmesos-1.0.0.so'),
    'namespace process { int subprocess(int, int) { return 1; } }',
  );
  program(join(old, 'bin/mesos-slave'), agent('int', '0'), join(old, 'lib/libmesos-0.28.1.so'));
  program(join(recent, 'bin/mesos-agent'), agent('int, int', '0, 0'), join(recent, 'lib/libmesos-1.0.0.so'));
  const stats =
    record('org_lamp_GlowIsolator', 'Isolator', '0.28.1') + record('org_lamp_EchoHook', 'Hook', '0.28.1');
  library(join(old, 'lib/libstats.so'), stats);
  const uses = (parameters: string, args: string): string =>
    `namespace process { int subprocess(${parameters}); } int use() { return process::subprocess(${args}); }`;
  const logger = (version: string): string => record('org_lamp_KeptLogger', 'ContainerLogger', version);
  library(join(old, 'lib/liblogger.so'), logger('0.28.1') + uses('int', '1'));
  library(join(recent, 'lib/liblogger.so'), logger('1.0.0') + uses('int, int', '1, 2'));
  library(join(root, 'nvml.so'), 'extern "C" int nvmlInit_v2() { return 0; }');
  return root;
}

function agent(parameters: string, args: string): string {
  return `namespace process { int subprocess(${parameters}); } extern "C" void _start() { process::subprocess(${args}); }`;
}

/** A module record of eight words; the linker lays it out. */
export function record(name: string, kind: string, version: string): string {
  const words = ['2', version, kind, 'Lamp Works', 'lamps@example.org', 'A module.'].map(
    (text) => `"${text}"`,
  );
  return `extern const void* ${name}[8]; const void* ${name}[8] = {${words.join(', ')}, nullptr, nullptr};`;
}
