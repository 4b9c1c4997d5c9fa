import { posix } from 'node:path';
import type { Host } from '../../../host/host.ts';
import type { Agent } from '../recognise-agent.ts';
import type { ModuleLibrary } from './examine-modules.ts';

/**
 * The library of the same file name that lies with the agent's own libmesos: beside it in a build tree, in
 * `mesos/modules` below it when installed (src/Makefile.am of Mesos 0.28.1 and 1.0.0).
 */
export function findCounterpart(host: Host, agent: Agent, library: ModuleLibrary): string | undefined {
  if (agent.libmesos === undefined) return undefined;
  const directory = posix.dirname(agent.libmesos.realPath);
  const name = posix.basename(library.path);
  const candidates = [`${directory}/${name}`, `${directory}/mesos/modules/${name}`];
  return candidates.find((path) => {
    const real = host.realPath(path);
    return (
      real !== undefined && real !== library.library?.object?.realPath && host.stat(path)?.type === 'file'
    );
  });
}
