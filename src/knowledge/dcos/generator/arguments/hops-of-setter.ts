import type { Hop } from '../../../../text/hop.ts';
import { type Setter, whyItCounts } from './setter.ts';

/** The way to a value that its setter could not be brought to tell, innermost first; `why` goes with its function. */
export function hopsOfSetter(setter: Setter, why: string): Hop[] {
  const { name, value, written } = setter;
  const hops: Hop[] = [];
  if (value.kind === 'function') {
    const { name: called, place } = value.callee;
    const parameters = value.parameters.join(', ');
    const text = called === '<lambda>' ? `lambda ${parameters}:` : `def ${called}(${parameters}):`;
    hops.push({ kind: 'function', name: called, place, text: text.replace('lambda :', 'lambda:'), why });
  }
  if (written !== undefined) {
    const { place, text } = written;
    hops.push({ kind: 'expression', name, place, text, why: whyItCounts(setter) });
  }
  return hops;
}
