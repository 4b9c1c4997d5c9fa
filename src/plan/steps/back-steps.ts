import type { BackStepKind } from '../../documents/plan.ts';
import type { BackStepOfKind, TellDuties } from '../step-duties.ts';
import { gateDuties } from './gate.ts';
import { guardLiftDuties } from './guard.ts';
import { daemonReloadDuties, unitRestartDuties, unitStartDuties, unitStopDuties } from './unit-steps.ts';

/** Every kind of step of a way back can tell what it will do; a kind that is left out does not compile. */
const backDuties: { readonly [K in BackStepKind]: TellDuties<BackStepOfKind<K>> } = {
  'file-restore': {
    preview: ({ path, original }) => (original === undefined ? `remove ${path} again` : `put ${path} back`),
    render: ({ original }) => (original === undefined ? [] : [`from ${original}`]),
  },
  'trial-remove': {
    preview: ({ trialUnit }) => `take away what the trial start ${trialUnit} has left`,
    render: ({ directory }) => [directory],
  },
  'state-restore': {
    preview: ({ path }) => `put the state ${path} back`,
    render: ({ snapshot }) => [`from ${snapshot}`],
  },
  'verify-files': {
    preview: () => 'compare files and state with how they were before',
    render: () => [],
  },
  'verify-unit': {
    preview: ({ unit }) => `compare what systemd says of ${unit} with what it said before`,
    render: () => [],
  },
  'daemon-reload': daemonReloadDuties,
  'unit-stop': unitStopDuties,
  'unit-start': unitStartDuties,
  'unit-restart': unitRestartDuties,
  'guard-lift': guardLiftDuties,
  gate: gateDuties,
};

export function backDutiesOf<K extends BackStepKind>(kind: K): TellDuties<BackStepOfKind<K>> {
  return backDuties[kind];
}
