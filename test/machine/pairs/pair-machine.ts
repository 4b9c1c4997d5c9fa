import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CheckReport } from '../../../src/documents/check-report.ts';
import type { Outcome } from '../../../src/documents/outcome.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';
import { corruptPlugin } from '../knowledge/corrupt-plugin.ts';
import type { Pair } from './pairs.ts';
import { SERVICES_OF_TODAY } from './services.ts';

const FETCHED = fileURLToPath(new URL('../../../.cache/pair-packages', import.meta.url));
const SPEC = '/root/pair.yaml';

/** The layer that the set-up has fetched; undefined where it could not. */
export function fetchedLayer(part: 'today' | 'others'): string | undefined {
  const all = `${FETCHED}/${part}`;
  const [name] = existsSync(all) ? readdirSync(all).filter((entry) => !entry.startsWith('new-')) : [];
  return name === undefined ? undefined : `${all}/${name}/layer`;
}

/** What Cutover says of a pair, and what systemd says once it is applied. */
export interface Verdict {
  readonly report: CheckReport;
  readonly outcome: Outcome;
}

/** A machine on which one service after the other is replaced and taken back. */
export class PairMachine {
  readonly machine: Machine;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  static async boot(layers: readonly string[]): Promise<PairMachine> {
    const machine = await bootMachine({ name: 'pairs', layers });
    await machine.mustRunShell(
      'rm -f /usr/sbin/policy-rc.d; getent passwd www-data > /dev/null || useradd --system www-data; mkdir -p /var/www/html; ldconfig',
    );
    return new PairMachine(machine);
  }

  async try(pair: Pair): Promise<Verdict> {
    const { service } = pair;
    const { machine } = this;
    const { prepare, works } = SERVICES_OF_TODAY[service];
    await machine.mustRunShell(prepare);
    if (pair.before !== undefined) await machine.mustRunShell(pair.before);
    if (pair.plugin !== undefined) this.#corrupt(pair.plugin);
    await machine.mustRunShell(`systemctl daemon-reload; systemctl reset-failed; systemctl restart ${service} ||
        { journalctl -n 20 --no-pager -o cat >&2; tail -n 3 /var/log/*/error.log >&2; exit 1; }`);
    await machine.mustRunShell(waitFor(works));
    if (pair.meanwhile !== undefined) await machine.mustRunShell(pair.meanwhile);
    await machine.writeFile(SPEC, `# ${pair.title}\n${specOf(pair)}`);
    const report = await this.#cutover<CheckReport>('CheckReport', `check ${SPEC}`);
    const outcome = await this.#cutover<Outcome>('Outcome', `apply ${SPEC} --despite-blockers`);
    if (outcome.state === 'committed') await this.#cutover('Outcome', `rollback ${service}`);
    await machine.runShell(`systemctl stop ${service} memcached syslog.socket; systemctl reset-failed`);
    return { report, outcome };
  }

  #corrupt({ program, from, to, name, what }: NonNullable<Pair['plugin']>): void {
    const { root } = this.machine;
    mkdirSync(dirname(`${root}${to}`), { recursive: true });
    corruptPlugin(
      program,
      { from: `${root}${from}`, to: `${root}${to}`, ...(name === undefined ? {} : { name }) },
      what,
    );
  }

  async #cutover<Document>(kind: string, words: string): Promise<Document> {
    const { stdout, stderr } = await this.machine.runShell(`cutover ${words} --json`, { timeout: 300_000 });
    const document: unknown = stdout.startsWith('{') ? JSON.parse(stdout) : undefined;
    if (!isOfKind(document, kind)) throw new Error(`cutover ${words}: ${stdout}${stderr}`);
    return document as Document;
  }
}

function isOfKind(document: unknown, kind: string): boolean {
  return typeof document === 'object' && document !== null && 'kind' in document && document.kind === kind;
}

function waitFor(script: string): string {
  return `for i in $(seq 100); do { ${script}; } > /dev/null 2>&1 && exit 0; sleep 0.1; done; echo 'does not work: '${quoted(script)} >&2; exit 1`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function specOf(pair: Pair): string {
  const { service, directory, command, dropIn, files = {} } = pair;
  const works = pair.works ?? SERVICES_OF_TODAY[service].works;
  const own =
    dropIn === undefined
      ? {}
      : { [`/etc/systemd/system/${service}.service.d/80-pair.conf`]: `[Service]\n${dropIn}` };
  return JSON.stringify({
    apiVersion: 'cutover/v1',
    kind: 'Replacement',
    service: `${service}.service`,
    replacement: { directory, command },
    ...(pair.libraries === undefined
      ? {}
      : { settings: { set: { LD_LIBRARY_PATH: pair.libraries.join(':') } } }),
    files: Object.entries({ ...files, ...own }).map(([path, content]) => ({ path, content })),
    gate: {
      stable: '2s',
      timeout: '25s',
      probes: [{ title: 'it does its work', command: ['/bin/sh', '-c', works] }],
    },
  });
}
