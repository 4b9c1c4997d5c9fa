import type { StepDuties, StepOfKind } from '../step-duties.ts';

export const storeAddDuties: StepDuties<StepOfKind<'store-add'>> = {
  preview: ({ source, files, bytes }) =>
    `copy ${source} (${files} files, ${showBytes(bytes)}) into the store`,
  render: ({ storePath }) => [`+ ${storePath}/`],
  invert: () => [], // what is in the store is not active by itself
  overlay: ({ source, storePath }) => ({ trees: [{ at: storePath, from: source }] }),
};

function showBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
