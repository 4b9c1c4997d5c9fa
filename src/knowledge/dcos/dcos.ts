import type { Knowledge } from '../knowledge.ts';
import { noteOnDcosPath } from './note-on-path.ts';

/** DC/OS nodes: pkgpanda's packages, what the operator's files are for, and the generator that made the rest. */
export const dcos: Knowledge = {
  id: 'dcos',
  noteOn: noteOnDcosPath,
};
