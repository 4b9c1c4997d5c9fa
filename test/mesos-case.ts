import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { Finding } from '../src/documents/check-report.ts';
import { PlannedHost } from '../src/host/planned-host.ts';
import { RootedHost } from '../src/host/rooted-host.ts';
import type { Host } from '../src/host/host.ts';
import type { OverlayEntry } from '../src/host/overlay.ts';
import { AgentExamination } from '../src/knowledge/mesos/agent-examination.ts';
import { mesos } from '../src/knowledge/mesos/mesos.ts';
import { readServiceStart } from '../src/service/read-service-start.ts';
import { loadService } from '../src/service/service.ts';
import { library, program } from './small-elf.ts';

/** An agent as a service runs it. */
export interface AgentSetup {
  /** As in `libmesos-<release>.so`. */
  readonly release: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** More lines of the unit's [Service]. */
  readonly unit?: string;
  /** A shell script that the unit starts; it has the agent's program in AGENT. */
  readonly wrapper?: string;
  /** Words of the command line. */
  readonly args?: string;
  /** Files of the machine; binary ones as bytes. `-> target` is a link. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** The modules that the modules JSON loads from the release's own library, by name; `KIND: name`. */
  readonly modules?: readonly ModuleName[];
  /** Of another release: the library of that one. */
  readonly modulesOf?: string;
}

/** The modules that every release's libmods.so has, one of a kind. */
export const MODULES = {
  org_case_Isolator: 'Isolator',
  org_case_Hook: 'Hook',
  org_case_Logger: 'ContainerLogger',
  org_case_Authenticatee: 'Authenticatee',
  org_case_Estimator: 'ResourceEstimator',
  org_case_Resolver: 'SecretResolver',
} as const;
type ModuleName = keyof typeof MODULES;

export const WORK = '/var/lib/mesos';
const ENVIRONMENT = '/etc/mesos/agent.env';
const MODULES_JSON = '/etc/mesos/modules.json';
const UNIT = '/etc/systemd/system/mesos.service';
const WRAPPER = '/opt/start-agent.sh';

/** What the checks say when the one agent is put in the place of the other. The files are those of both. */
export function findingsOf(today: AgentSetup, tomorrow: AgentSetup): readonly Finding[] {
  const outcomes = examinationOf(today).compare(examinationOf(tomorrow));
  const unable = outcomes.filter(({ check }) => check.result === 'could-not-run');
  if (unable.length > 0)
    throw new Error(unable.map(({ check }) => `${check.id}: ${check.reason}`).join('\n'));
  return outcomes.flatMap(({ findings }) => findings);
}

export function examinationOf(setup: AgentSetup): AgentExamination {
  const host = hostOf(setup);
  const examination = mesos.examine?.(readServiceStart(host, loadService(host, 'mesos')));
  if (!(examination instanceof AgentExamination)) throw new Error('no Mesos agent was recognised');
  return examination;
}

function hostOf(setup: AgentSetup): Host {
  const { release, settings = {}, args = '', files = {}, modules = [] } = setup;
  const home = homeOf(release);
  const { unit = '', wrapper } = setup;
  const command = wrapper === undefined ? `${home}/bin/mesos-agent` : WRAPPER;
  const json = {
    libraries: [
      {
        file: `${homeOf(setup.modulesOf ?? release)}/lib/libmods.so`,
        modules: modules.map((name) => ({ name })),
      },
    ],
  };
  const all: Record<string, string> = {
    MESOS_WORK_DIR: WORK,
    ...(modules.length === 0 ? {} : { MESOS_MODULES: `file://${MODULES_JSON}` }),
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}=${value}\n`);
  const texts = {
    [UNIT]: `[Service]\nEnvironmentFile=${ENVIRONMENT}\n${unit}ExecStart=${command} ${args}\n`,
    ...(wrapper === undefined ? {} : { [WRAPPER]: `#!/bin/sh\nAGENT=${home}/bin/mesos-agent\n${wrapper}` }),
    [ENVIRONMENT]: lines.join(''),
    [MODULES_JSON]: JSON.stringify(json),
  };
  const binary = Object.entries(files).filter(([, content]) => typeof content !== 'string');
  const entries = new Map<string, OverlayEntry>();
  for (const [path, content] of [...Object.entries(texts), ...Object.entries(files)]) {
    if (typeof content === 'string') entries.set(path, entryOf(content));
  }
  if (binary.length === 0) return new PlannedHost(new RootedHost(root()), { entries, trees: [] });
  const trees = binary.map(([path, content], index) => {
    const from = `/blobs/${String((blobs += 1))}-${index}`;
    write(join(root(), from), content);
    return { at: path, from };
  });
  return new PlannedHost(new RootedHost(root()), { entries, trees });
}

let blobs = 0;

function entryOf(content: string): OverlayEntry {
  return content.startsWith('-> ')
    ? { type: 'link', target: content.slice(3) }
    : { type: 'file', content, mode: 0o755, uid: 0, gid: 0 };
}

let made: string | undefined;
afterAll(() => {
  if (made !== undefined) rmSync(made, { recursive: true });
});

function root(): string {
  made ??= mkdtempSync(join(tmpdir(), 'cutover-mesos-case-'));
  return made;
}

const homes = new Set<string>();

/** Where the agent of a release lies, made from the one that is compiled: only the release in its names differs. */
function homeOf(release: string): string {
  const home = `/opt/mesos-${release}`;
  if (homes.has(release)) return home;
  homes.add(release);
  const template = templateOf(release.length);
  for (const [from, to] of [
    ['bin/mesos-agent', 'bin/mesos-agent'],
    [`lib/libmesos-${template.release}.so`, `lib/libmesos-${release}.so`],
    ['lib/libmods.so', 'lib/libmods.so'],
  ] as const) {
    const bytes = readFileSync(join(template.directory, from)).toString('latin1');
    write(join(root(), home, to), Buffer.from(bytes.replaceAll(template.release, release), 'latin1'));
  }
  return home;
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode: 0o755 });
}

const templates = new Map<number, { release: string; directory: string }>();

/** Compiled once for each length of a release's name, so that the name can be exchanged in the bytes. */
function templateOf(length: number): { release: string; directory: string } {
  const known = templates.get(length);
  if (known !== undefined) return known;
  const release = `9.${'9'.repeat(length - 4)}.9`;
  const directory = join(root(), `template-${length}`);
  const libmesos = join(directory, `lib/libmesos-${release}.so`);
  library(libmesos, 'namespace mesos { int agent() { return 1; } }');
  program(
    join(directory, 'bin/mesos-agent'),
    'namespace mesos { int agent(); } extern "C" void _start() { mesos::agent(); }',
    libmesos,
  );
  const records = Object.entries(MODULES).map(([name, kind]) => {
    const words = ['2', release, kind, 'Case', 'case@example.org', 'A module.'].map((text) => `"${text}"`);
    return `extern const void* ${name}[8]; const void* ${name}[8] = {${words.join(', ')}, nullptr, nullptr};`;
  });
  library(join(directory, 'lib/libmods.so'), records.join('\n'));
  const template = { release, directory };
  templates.set(length, template);
  return template;
}
