import { dirname } from 'node:path/posix';
import type { Plan } from '../documents/plan.ts';
import type { Host } from '../host/host.ts';
import { dropInPath } from '../service/drop-in-path.ts';
import { findProgram } from '../service/find-program.ts';
import type { Service } from '../service/service.ts';
import { entryState } from './entry-state.ts';

/**
 * Everything the plan changes or relies on, and what stands there: the unit with its drop-ins, its environment
 * files (absent ones too), the programs it starts, and what the steps write and remove. A link that is read
 * counts itself and by what it leads to.
 */
export function watchedPaths(host: Host, service: Service, steps: Plan['steps']): Plan['watched'] {
  const dropIns = dirname(dropInPath(service.name));
  const named = [
    service.unit.fragment.path,
    ...service.unit.dropIns.map((file) => file.path),
    ...service.environment.layers.flatMap((layer) => (layer.kind === 'file' ? [layer.path] : [])),
    ...service.commands.flatMap(({ words: [program] }) => findProgram(host, program?.toString() ?? '') ?? []),
    ...steps.flatMap((step) =>
      step.kind === 'file-write' || step.kind === 'file-replace' ? [step.path] : [],
    ),
  ];
  const removed = steps.flatMap((step) => (step.kind === 'file-remove' ? [step.path] : []));
  const paths = named.flatMap((path) => {
    const real = host.lstat(path)?.type === 'link' ? host.realPath(path) : undefined;
    return real === undefined ? [path] : [path, real];
  });
  const sorted = [...new Set([...paths, ...removed, dropIns])].sort();
  return sorted.map((path) => ({ path, state: entryState(host, path, path === dropIns) }));
}
