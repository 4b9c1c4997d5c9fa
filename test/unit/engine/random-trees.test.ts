// A change copies random state aside and writes random files; then anything happens to them; then its way back
// runs. The oracle is what stood there before, read without the engine.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BackStep, Plan, Step } from '../../../src/documents/plan.ts';
import { execute } from '../../../src/engine/execute.ts';
import { invert } from '../../../src/engine/invert.ts';
import { readEntries } from '../../../src/engine/read-entries.ts';
import { liveMachine } from '../../../src/host/machine/live-machine.ts';
import { historyOf } from '../../../src/journal/history.ts';
import { makeHome } from '../../../src/journal/home.ts';
import { Journal } from '../../../src/journal/journal.ts';
import { entryState } from '../../../src/plan/entry-state.ts';

type Node =
  | { kind: 'file'; content: string; mode: number; time: number }
  | { kind: 'directory'; mode: number }
  | { kind: 'link'; target: string }
  | { kind: 'hard link' };

const name = fc.constantFrom('latest', 'slave.info', 'boot_id', 'a b', 'ünïcode', 'line\nbreak', '-rf', '$x');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const node: fc.Arbitrary<Node> = fc.oneof(
  fc.record({
    kind: fc.constant('file' as const),
    content: fc.string({ maxLength: 50 }),
    mode: fc.constantFrom(0o644, 0o600, 0o4755, 0o000),
    time: fc.integer({ min: 1, max: 2_000_000_000 }),
  }),
  fc.record({ kind: fc.constant('directory' as const), mode: fc.constantFrom(0o755, 0o700, 0o1777, 0o555) }),
  fc.record({
    kind: fc.constant('link' as const),
    target: fc.constantFrom('latest', '/etc/passwd', '../..', 'gone'),
  }),
  fc.constant({ kind: 'hard link' as const }),
);
const tree = fc.array(fc.tuple(path, node), { maxLength: 12 });

/** Makes what can be made; what stands in the way stays or goes, as it comes. */
function grow(root: string, nodes: readonly (readonly [string, Node])[]): void {
  let lastFile: string | undefined;
  for (const [relative, made] of nodes) {
    const at = join(root, relative);
    try {
      mkdirSync(dirname(at), { recursive: true });
      if (!realpathSync(dirname(at)).startsWith(root)) continue; // a link led out
      rmSync(at, { recursive: true, force: true });
      if (made.kind === 'directory') mkdirSync(at, { mode: made.mode });
      else if (made.kind === 'link') symlinkSync(made.target, at);
      else if (made.kind === 'hard link') {
        if (lastFile !== undefined) linkSync(lastFile, at);
      } else {
        writeFileSync(at, made.content);
        chmodSync(at, made.mode);
        lutimesSync(at, made.time, made.time);
        lastFile = at;
      }
    } catch {
      // A file where a directory would be needed.
    }
  }
}

/** Everything about state and files, as find(1) and sha256sum(1) tell it, but the time of the files' directory. */
function photograph(state: string, files: string): string {
  const format = ['-printf', '%p|%y|%m|%U:%G|%T@|%l|%n\n'];
  const find = (...words: string[]) => execFileSync('find', words, { encoding: 'utf8' });
  const facts = `${existsSync(state) ? find(state, ...format) : 'absent'}\n${find(files, '-mindepth', '1', ...format)}`;
  const names = find(...(existsSync(state) ? [state] : []), files, '-type', 'f', '-print0');
  const sums =
    names === '' ? '' : execFileSync('xargs', ['-0', 'sha256sum'], { input: names, encoding: 'utf8' });
  return `${facts}\n${sums}`.split('\n').sort().join('\n');
}

const RUNS = Number(process.env['CUTOVER_RANDOM_TREES'] ?? 6); // each starts dozens of processes
const FILES_ONLY = ['file-restore', 'state-restore', 'verify-files'];

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('SKIPPED: random trees are not put back: files are given to other users, as root');

test.skipIf(!isRoot)(
  'whatever happens to them, state and files are put back as they were',
  async () => {
    const cases = fc.asyncProperty(
      tree,
      tree,
      tree,
      tree,
      fc.boolean(),
      async (state, etc, later, laterEtc, gone) => {
        const directory = mkdtempSync(join(tmpdir(), 'cutover-trees-'));
        try {
          const meta = join(directory, 'lib/meta');
          const conf = join(directory, 'etc');
          mkdirSync(meta, { recursive: true });
          mkdirSync(conf);
          grow(meta, state);
          grow(conf, etc);
          const before = photograph(meta, conf);
          const machine = liveMachine(join(directory, 'cutover'));
          makeHome(machine);
          const written = ['latest', 'new.d/a/90-cutover.conf', 'new.d/90-cutover.conf'].map((file) =>
            join(conf, file),
          );
          const writes = written.flatMap((file): Step[] => {
            const state = entryState(machine.host, file);
            const isNoPlace = state.type === 'directory' || machine.host.stat(dirname(file))?.type === 'file';
            // A plan refuses to write one of several names of a file.
            if (isNoPlace || (machine.host.lstat(file)?.links ?? 1) > 1) return [];
            return [
              {
                kind: 'file-write',
                role: 'file',
                path: file,
                content: 'new\n',
                mode: 0o640,
                uid: 1,
                gid: 2,
                before: state,
              },
            ];
          });
          const steps: Step[] = [...writes, { kind: 'state-snapshot', path: meta, why: 'random' }];
          const journal = await journalOf(machine, steps);
          const context = { machine, journal, plan: journal.begin.plan };
          const quiet = () => undefined;
          const applied = await execute({ direction: 'apply', steps }, { ...context, attempt: 0 }, quiet);
          expect('reason' in applied ? applied.reason : 'done').toBe('done');

          grow(meta, later);
          if (gone) rmSync(meta, { recursive: true });
          // Somebody replaces what was written; what else is in the directory is not the change's own.
          const wrote = (relative: string) =>
            steps.some((step) => 'path' in step && step.path === join(conf, relative));
          grow(
            conf,
            laterEtc.filter(([relative, made]) => wrote(relative) && made.kind !== 'directory'),
          );

          const back = invert(context.plan, historyOf(journal.records).begun, {
            startAgain: false,
            stopFirst: true,
          });
          const files = back.filter((step: BackStep) => FILES_ONLY.includes(step.kind));
          const execution = await execute(
            { direction: 'rollback', steps: files },
            { ...context, attempt: 1 },
            quiet,
          );
          expect('reason' in execution ? execution.reason : 'done').toBe('done');
          expect(execution.facts.at(-1)?.verified?.differences).toEqual([]);
          expect(photograph(meta, conf)).toBe(before);
        } finally {
          rmSync(directory, { recursive: true, force: true });
        }
      },
    );
    await fc.assert(cases, { numRuns: RUNS });
  },
  10_000 + RUNS * 5_000,
);

async function journalOf(machine: ReturnType<typeof liveMachine>, steps: Step[]): Promise<Journal> {
  const paths = steps.flatMap((step) => ('path' in step ? [step.path] : []));
  const { entries, notExamined } = await readEntries(machine, paths);
  const plan: Plan = {
    apiVersion: 'cutover/v1',
    kind: 'Plan',
    service: 'random.service',
    digest: 'abcdef',
    hostDigest: '',
    watched: [],
    steps,
    gateBack: { stableMs: 1, timeoutMs: 2, restarts: 0, probes: [] },
    effects: { restarts: [], downtime: '', readers: [], leftAlone: [] },
    irreversible: [],
  };
  return Journal.create(machine, {
    type: 'begin',
    change: '20160615-152745-000-abcdef',
    service: plan.service,
    plan,
    writer: { pid: process.pid },
    before: { entries: [...entries], unit: NO_UNIT, notExamined: [...notExamined] },
  });
}

const NO_UNIT = {
  loadState: 'not-found',
  activeState: 'inactive',
  subState: 'dead',
  mainPid: 0,
  restarts: 0,
  fragmentPath: '',
  dropInPaths: [],
  execStart: [],
  environmentFiles: [],
  unitFileState: '',
  needsReload: false,
  result: 'success',
  lastExit: { code: '', status: 0 },
};
