import { basename, dirname, join } from 'node:path/posix';
import type { GateReport } from '../../documents/outcome.ts';
import type { Step } from '../../documents/plan.ts';
import type { Host } from '../../host/host.ts';
import type { FileOwner, Machine } from '../../host/machine.ts';
import { makeDirectories } from '../../journal/make-directories.ts';
import { trialPaths } from '../../plan/trial/trial-paths.ts';
import { gateReport } from '../gate.ts';
import { removeTrial } from '../remove-trial.ts';
import { nothing, type StepAction, StepFailure, type StepOf } from '../step-action.ts';
import { whatFailed } from '../what-failed.ts';

type TrialStart = StepOf<'trial-start'>;

const UNITS = '/run/systemd/system';
/** What the trial may write, in memory. */
const MOST_BYTES = 512 * 1024 * 1024;
const LIMIT_MS = 10_000;

export const trialStart: StepAction<TrialStart> = {
  foresee: nothing,
  apply: async (step, { machine, plan, interruptedBy = () => undefined }) => {
    await removeTrial(machine, step); // left by a run that was cut short
    try {
      const why = await layOut(machine, step, plan.steps);
      if (why !== undefined) {
        if (step.optional) return { noTrial: why };
        throw new StepFailure(`a trial start can't be made here: ${why}`, { noTrial: why });
      }
      const trial = await start(machine, step, () => interruptedBy() !== undefined);
      if (trial.passed) return { trial };
      const signal = interruptedBy();
      if (signal !== undefined) throw new StepFailure(`interrupted by ${signal}`, { trial });
      throw new StepFailure(`the trial start failed, so nothing was changed: ${whatFailed(trial)}`, {
        trial,
      });
    } finally {
      await removeTrial(machine, step);
    }
  },
  verify: async () => undefined, // a trial is itself a look
};

/** Makes the view and what stands in it. Why it can't; undefined: done. */
async function layOut(
  machine: Machine,
  { unit, directory, trialUnit, content, environment, directories }: TrialStart,
  steps: readonly Step[],
): Promise<string | undefined> {
  const { triggers } = await machine.systemd.companions(unit);
  const socket = triggers.find((trigger) => trigger.endsWith('.socket'));
  if (socket !== undefined) return `${socket} opens its sockets for it, and they are in use`;
  const paths = trialPaths(directory);
  const why = await machine.views.layOut({ directory, ...paths }, MOST_BYTES);
  if (why !== undefined) return why;
  for (const step of steps) putInView(machine, paths.root, step);
  for (const { path, mode, user, group } of directories) {
    const isOfRun = path.startsWith('/run/');
    const where = isOfRun ? `${paths.run}${path.slice('/run'.length)}` : inView(machine, paths.root, path);
    const owner = [`--owner=${user}`, ...(group === '' ? [] : [`--group=${group}`])];
    const words = ['/usr/bin/install', '--directory', `--mode=${mode.toString(8)}`, ...owner, '--', where];
    const { status, stderr } = await machine.run(words, LIMIT_MS);
    if (status !== 0) return stderr;
  }
  machine.files.createFile(paths.environment, environment);
  makeDirectories(machine, UNITS, 0o755);
  machine.files.createFile(`${UNITS}/${trialUnit}`, content, { mode: 0o644, uid: 0, gid: 0 });
  return undefined;
}

/** Does to the view what a step will do to the machine. */
function putInView(machine: Machine, root: string, step: Step): void {
  const put = (
    content: string | Uint8Array,
    { path, mode, uid, gid }: FileOwner & { readonly path: string },
  ): void => {
    removeInView(machine, root, path);
    const view = inView(machine, root, path);
    makeDirectories(machine, dirname(view), 0o755);
    machine.files.createFile(view, content, { mode, uid, gid });
  };
  switch (step.kind) {
    case 'file-write':
      return put(step.content, step);
    case 'file-replace':
      return put(machine.host.readFile(step.source, MOST_BYTES), step);
    case 'file-remove':
      return removeInView(machine, root, step.path);
    case 'store-add': // its place in the store is seen in the view, too
    case 'store-unpack':
    case 'trial-start':
    case 'state-copy':
    case 'state-snapshot':
    case 'guard-set':
    case 'guard-lift':
    case 'daemon-reload':
    case 'unit-stop':
    case 'unit-start':
    case 'unit-restart':
    case 'gate':
      return undefined;
  }
}

function removeInView(machine: Machine, root: string, path: string): void {
  const view = inView(machine, root, path);
  if (machine.host.lstat(view) !== undefined) machine.files.removeFile(view);
}

/** A path in the view. A link on the way to it is followed outside, where it leads to the same: in the view it would lead out. */
function inView({ host }: Machine, root: string, path: string): string {
  return join(root, realAsFarAsThere(host, dirname(path)), basename(path));
}

function realAsFarAsThere(host: Host, path: string): string {
  if (path === '/') return path;
  return host.realPath(path) ?? join(realAsFarAsThere(host, dirname(path)), basename(path));
}

async function start(
  machine: Machine,
  { trialUnit, gate }: TrialStart,
  isOver: () => boolean,
): Promise<GateReport> {
  const since = Date.now();
  await machine.systemd.start([trialUnit], gate.timeoutMs);
  const asked: Machine = {
    ...machine,
    httpGet: async (url, limitMs) => {
      const { mainPid } = await machine.systemd.show(trialUnit);
      if (mainPid === 0) return { answered: false, reason: 'it does not run' };
      return await machine.httpGetInNetworkOf(mainPid, url, limitMs);
    },
  };
  return await gateReport(asked, trialUnit, gate, since, isOver);
}
