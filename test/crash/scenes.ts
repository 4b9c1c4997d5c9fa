import { beaconScene } from './beacon-scene.ts';
import type { CrashScene } from './crash-scene.ts';
import { flintScene } from './flint-scene.ts';
import { lampScene } from './lamp-scene.ts';
import { sparkScene } from './spark-scene.ts';

/** Between them their plans take every kind of step, alone and several at a time. */
export const SCENES: readonly CrashScene[] = [lampScene, beaconScene, sparkScene, flintScene];
