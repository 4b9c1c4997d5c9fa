import { showBytes } from '../../text/show-bytes.ts';
import type { StepDuties, StepOfKind } from '../step-duties.ts';
import { counted } from '../../text/counted.ts';

export const storeAddDuties: StepDuties<StepOfKind<'store-add'>> = {
  preview: ({ source, name, files, bytes }) =>
    `copy ${source} (${name === undefined ? `${counted(files, 'file')}, ` : ''}${showBytes(bytes)}) into the store`,
  render: ({ storePath, name = '' }) => [`+ ${storePath}/${name}`],
  invert: () => [], // what is in the store is not active by itself
  overlay: ({ source, name, storePath }) => ({
    trees: [{ at: name === undefined ? storePath : `${storePath}/${name}`, from: source, isStored: true }],
  }),
};

export const storeUnpackDuties: StepDuties<StepOfKind<'store-unpack'>> = {
  preview: ({ archives, files, bytes }) =>
    `unpack ${archives.join(' and ')} (${counted(files, 'file')}, ${showBytes(bytes)}) into the store; nothing is installed`,
  render: ({ storePath }) => [`+ ${storePath}/`],
  invert: () => [],
  overlay: ({ archives, storePath }) => ({ trees: [{ at: storePath, from: { archives }, isStored: true }] }),
};
