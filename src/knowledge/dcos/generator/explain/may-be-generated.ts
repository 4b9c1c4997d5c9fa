import type { Host } from '../../../../host/host.ts';
import type { GeneratorSources } from '../../../knowledge.ts';
import { findGeneratorSources, readSource, whyUnreadable } from '../generator-sources.ts';
import { locateGenerated } from './locate-generated.ts';
import { maySay } from './said-paths.ts';

/**
 * Tells whether a file can be one that the generator makes, without evaluating its sources: one of its packages holds
 * the file and a template names it. Without sources, a file of such a package is taken for one.
 */
export function mayBeGenerated(host: Host, given: GeneratorSources | undefined): (path: string) => boolean {
  const sources = findGeneratorSources(host, given);
  const templates = new Map<string, string | undefined>();
  const textOf = (name: string): string | undefined => {
    if (sources !== undefined && !templates.has(name)) templates.set(name, readSource(sources, name)?.text);
    return templates.get(name);
  };
  return (path) => {
    const located = locateGenerated(host, path);
    if (sources === undefined) return located.some((one) => one.package !== undefined);
    return located.some((one) => {
      const text = textOf(one.template);
      if (text !== undefined) return maySay(text, one.path);
      return one.package !== undefined && whyUnreadable(sources, one.template) !== undefined;
    });
  };
}
