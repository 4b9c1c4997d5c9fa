import type { AnyStepKind, StepAction, StepOf } from './step-action.ts';
import { fileReplace } from './steps/file-replace.ts';
import { fileRemove } from './steps/file-remove.ts';
import { fileRestore } from './steps/file-restore.ts';
import { fileWrite } from './steps/file-write.ts';
import { gateStep } from './steps/gate-step.ts';
import { stateCopy } from './steps/state-copy.ts';
import { statePrepare } from './steps/state-prepare.ts';
import { stateRestore } from './steps/state-restore.ts';
import { stateSnapshot } from './steps/state-snapshot.ts';
import { storeAdd, storeUnpack } from './steps/store-steps.ts';
import { trialRemove } from './steps/trial-remove.ts';
import { trialStart } from './steps/trial-start.ts';
import { guardLift, guardSet } from './steps/guard-steps.ts';
import { unitRestart } from './steps/unit-restart.ts';
import { daemonReload, unitStart, unitStop } from './steps/unit-steps.ts';
import { verifyFiles } from './steps/verify-files.ts';
import { verifyUnit } from './steps/verify-unit.ts';

/** Every kind of step acts and verifies; a kind that is left out does not compile. */
const stepActions: { readonly [K in AnyStepKind]: StepAction<StepOf<K>> } = {
  'store-add': storeAdd,
  'store-unpack': storeUnpack,
  'trial-start': trialStart,
  'file-write': fileWrite,
  'file-replace': fileReplace,
  'file-remove': fileRemove,
  'state-copy': stateCopy,
  'state-snapshot': stateSnapshot,
  'daemon-reload': daemonReload,
  'unit-stop': unitStop,
  'unit-start': unitStart,
  'unit-restart': unitRestart,
  'guard-set': guardSet,
  'guard-lift': guardLift,
  gate: gateStep,
  'trial-remove': trialRemove,
  'file-restore': fileRestore,
  'state-prepare': statePrepare,
  'state-restore': stateRestore,
  'verify-files': verifyFiles,
  'verify-unit': verifyUnit,
};

export function actionOf<K extends AnyStepKind>(kind: K): StepAction<StepOf<K>> {
  return stepActions[kind];
}
