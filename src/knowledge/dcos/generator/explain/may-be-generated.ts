import type { Host } from '../../../../host/host.ts';
import type { GeneratorSources } from '../../../knowledge.ts';
import { findGeneratorSources, readSource } from '../generator-sources.ts';
import { locateGenerated } from './locate-generated.ts';
import { maySay } from './said-paths.ts';

/**
 * Whether a file can be one that the generator makes, told without evaluating its sources: one of its packages holds
 * the file and a template names it. Without sources, a file of such a package is taken for one.
 */
export function mayBeGenerated(host: Host, path: string, given: GeneratorSources | undefined): boolean {
  const located = locateGenerated(host, path);
  const sources = findGeneratorSources(host, given);
  if (sources === undefined) return located.some((one) => one.package !== undefined);
  return located.some((one) => {
    const template = readSource(sources, one.template);
    return template !== undefined && maySay(template.text, one.path);
  });
}
