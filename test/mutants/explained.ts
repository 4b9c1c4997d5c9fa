import type { Mutant } from './mutant.ts';

/** A mutant that no run can tell from the engine, and why that is so. */
interface Explained extends Pick<Mutant, 'file' | 'text' | 'how'> {
  readonly reason: string;
}

export const explained: readonly Explained[] = [];

export function whyExplained({ file, text, how }: Mutant): string | undefined {
  return explained.find((each) => each.file === file && each.text === text && each.how === how)?.reason;
}
