import type { StepKind } from '../documents/plan.ts';
import type { StepDuties, StepOfKind } from './step-duties.ts';
import { fileReplaceDuties } from './steps/file-replace.ts';
import { fileRemoveDuties } from './steps/file-remove.ts';
import { fileWriteDuties } from './steps/file-write.ts';
import { gateDuties } from './steps/gate.ts';
import { stateCopyDuties, stateSnapshotDuties } from './steps/state-snapshot.ts';
import { storeAddDuties, storeUnpackDuties } from './steps/store-steps.ts';
import { trialStartDuties } from './steps/trial-start.ts';
import { guardLiftDuties, guardSetDuties } from './steps/guard.ts';
import {
  daemonReloadDuties,
  unitRestartDuties,
  unitStartDuties,
  unitStopDuties,
} from './steps/unit-steps.ts';

/** Every kind of step previews, renders, inverts and predicts itself; a kind that is left out does not compile. */
const stepDuties: { readonly [K in StepKind]: StepDuties<StepOfKind<K>> } = {
  'store-add': storeAddDuties,
  'store-unpack': storeUnpackDuties,
  'trial-start': trialStartDuties,
  'file-write': fileWriteDuties,
  'file-replace': fileReplaceDuties,
  'file-remove': fileRemoveDuties,
  'state-copy': stateCopyDuties,
  'state-snapshot': stateSnapshotDuties,
  'daemon-reload': daemonReloadDuties,
  'unit-stop': unitStopDuties,
  'unit-start': unitStartDuties,
  'unit-restart': unitRestartDuties,
  'guard-set': guardSetDuties,
  'guard-lift': guardLiftDuties,
  gate: gateDuties,
};

export function dutiesOf<K extends StepKind>(kind: K): StepDuties<StepOfKind<K>> {
  return stepDuties[kind];
}
