import type { Mutant } from './mutant.ts';

/** A mutant that no run can tell from the engine, and why that is so. */
interface Explained extends Pick<Mutant, 'file' | 'text' | 'how'> {
  readonly reason: string;
}

export const explained: readonly Explained[] = [
  {
    file: 'src/journal/journal.ts',
    text: 'files.sync(this.directory.records)',
    how: 'removed',
    reason:
      'It is reached only where the sync of a record has failed. Whether the disk has the record then nobody knows; that of the tests has not.',
  },
  {
    file: 'src/engine/invert.ts',
    text: "'unit-stop', ",
    how: 'left out',
    reason:
      'A kind that the order does not name comes first, and this one is named first. Where it is not, tests notice.',
  },
  {
    file: 'src/engine/invert.ts',
    text: "'state-prepare', ",
    how: 'left out',
    reason:
      'A kind that the order does not name comes first, and this one is named first. A way back that stops first has none.',
  },
];

export function whyExplained({ file, text, how }: Mutant): string | undefined {
  return explained.find((each) => each.file === file && each.text === text && each.how === how)?.reason;
}
