import { showBytes } from '../../text/show-bytes.ts';
import type { StepDuties, StepOfKind } from '../step-duties.ts';

export const storeAddDuties: StepDuties<StepOfKind<'store-add'>> = {
  preview: ({ source, files, bytes }) =>
    `copy ${source} (${files} files, ${showBytes(bytes)}) into the store`,
  render: ({ storePath }) => [`+ ${storePath}/`],
  invert: () => [], // what is in the store is not active by itself
  overlay: ({ source, storePath }) => ({ trees: [{ at: storePath, from: source }] }),
};

export const storeUnpackDuties: StepDuties<StepOfKind<'store-unpack'>> = {
  preview: ({ archives, files, bytes }) =>
    `unpack ${archives.join(' and ')} (${files} files, ${showBytes(bytes)}) into the store; nothing is installed`,
  render: ({ storePath }) => [`+ ${storePath}/`],
  invert: () => [],
  overlay: ({ archives, storePath }) => ({ trees: [{ at: storePath, from: { archives } }] }),
};
