import type { Assignment } from '../formats/unit/parse-unit.ts';
import { CGROUP_PROPERTIES } from './directives/properties/cgroup-properties.ts';
import { SERVICE_PROPERTIES } from './directives/properties/service-properties.ts';

/**
 * Whether a running process goes on as it was until it is started anew. The others systemd heeds from the next
 * daemon-reload on: dependencies, what happens when the process ends or is stopped, limits of the control group.
 */
export function takesRestart({ section, key }: Pick<Assignment, 'section' | 'key'>): boolean {
  if (section !== 'Service') return false;
  return !HEEDED_AT_RELOAD.has(key);
}

const GIVEN_AT_START = new Set(['Type', 'BusName', 'WatchdogSec', 'NonBlocking', 'Slice', 'Delegate']);

const HEEDED_AT_RELOAD = new Set(
  [
    ...SERVICE_PROPERTIES.flatMap(({ directives }) => directives),
    ...CGROUP_PROPERTIES.flatMap(({ directives }) => directives),
    'ExecStartPost',
    'ExecReload',
    'ExecStop',
    'ExecStopPost',
  ].filter((key) => !GIVEN_AT_START.has(key)),
);
