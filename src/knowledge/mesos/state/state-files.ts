import type { Host } from '../../../host/host.ts';
import { metaDirectory } from '../info/read-checkpoint.ts';

/** One file of an agent's checkpoints, and what it holds. */
export interface StateFile {
  readonly path: string;
  /** The message in it, by its name in the schema. */
  readonly message: string;
  /** Many messages, one after another. */
  readonly isList: boolean;
}

/** One run of an executor that had not ended when the agent last wrote. */
export interface LiveRun {
  readonly executor: string;
  /** Where its tasks have their working directory. */
  readonly sandbox: string;
}

export interface StateFiles {
  readonly files: readonly StateFile[];
  readonly liveRuns: readonly LiveRun[];
  /** There are more files than are looked at. */
  readonly isCut: boolean;
}

const MOST_FILES = 20_000;

/**
 * The files that an agent reads when it recovers under the id that `latest` names.
 * Source: src/slave/paths.cpp and src/slave/state.cpp of Mesos 0.28.1 to 1.11.0.
 */
export function stateFiles(host: Host, workDirectory: string): StateFiles {
  const meta = metaDirectory(workDirectory);
  const files: StateFile[] = [];
  const liveRuns: LiveRun[] = [];
  const add = (path: string, message: string, isList = false): void => {
    if (files.length < MOST_FILES && host.stat(path)?.type === 'file') files.push({ path, message, isList });
  };
  add(`${meta}/resources/resources.info`, 'Resource', true);
  add(`${meta}/resources/resources.target`, 'Resource', true);
  const agent = host.realPath(`${meta}/slaves/latest`);
  if (agent === undefined) return { files, liveRuns, isCut: false };
  add(`${agent}/slave.info`, 'SlaveInfo');
  for (const framework of directories(host, `${agent}/frameworks`)) {
    add(`${framework}/framework.info`, 'FrameworkInfo');
    for (const executor of directories(host, `${framework}/executors`)) {
      add(`${executor}/executor.info`, 'ExecutorInfo');
      for (const run of directories(host, `${executor}/runs`)) {
        if (files.length >= MOST_FILES) return { files, liveRuns, isCut: true };
        if (host.stat(`${run}/executor.sentinel`) === undefined && isForked(host, run)) {
          liveRuns.push({
            executor: executor.slice(executor.lastIndexOf('/') + 1),
            sandbox: `${workDirectory.replace(/\/+$/, '')}/slaves${run.slice(agent.lastIndexOf('/'))}`,
          });
        }
        for (const task of directories(host, `${run}/tasks`)) {
          add(`${task}/task.info`, 'Task');
          add(`${task}/task.updates`, 'internal.StatusUpdateRecord', true);
        }
      }
    }
  }
  return { files, liveRuns, isCut: false };
}

/** Directories in a directory; `latest` is a link to one of them. */
function directories(host: Host, path: string): string[] {
  return (host.list(path) ?? [])
    .map((name) => `${path}/${name}`)
    .filter((entry) => host.lstat(entry)?.type === 'directory');
}

function isForked(host: Host, run: string): boolean {
  return host.stat(`${run}/pids/forked.pid`) !== undefined;
}
