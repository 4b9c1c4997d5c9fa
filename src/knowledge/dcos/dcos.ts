import type { Rerender } from '../../documents/trace.ts';
import type { Host } from '../../host/host.ts';
import type { GeneratorSources, Knowledge } from '../knowledge.ts';
import type { GeneratedFile } from './generator/explain/generated-file.ts';
import { type Generator, openGenerator } from './generator/generator.ts';
import { noteOnDcosPath } from './note-on-path.ts';

/** DC/OS nodes: pkgpanda's packages, what the operator's files are for, and the generator that made the rest. */
export const dcos: Knowledge = {
  id: 'dcos',
  noteOn: noteOnDcosPath,
  explainFile(host, path, { sources }) {
    if (host.stat('/opt/mesosphere') === undefined) return undefined;
    const explained = generatorOf(host, sources)?.explain(path);
    if (explained === undefined) return undefined;
    return { path, content: explained.content, rerender: asDocument(explained.rerender) };
  },
};

/** Evaluating the sources is the dear part: done once for a host and the sources asked for. */
const generators = new WeakMap<Host, Map<string | undefined, Generator | undefined>>();

function generatorOf(host: Host, sources: GeneratorSources | undefined): Generator | undefined {
  const ofHost = generators.get(host) ?? new Map<string | undefined, Generator | undefined>();
  generators.set(host, ofHost);
  const key = sources?.directory;
  if (!ofHost.has(key)) ofHost.set(key, openGenerator(host, sources === undefined ? {} : { sources }));
  return ofHost.get(key);
}

function asDocument(rerender: GeneratedFile['rerender']): Rerender {
  switch (rerender.kind) {
    case 'identical':
      return { result: 'identical' };
    case 'different': {
      const { line, column, expected, found } = rerender;
      return { result: 'different', line, column, expected, found };
    }
    case 'not-possible':
      return { result: 'not-possible', reason: rerender.reason };
  }
}
