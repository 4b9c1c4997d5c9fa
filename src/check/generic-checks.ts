import { otherUsersCheck } from './checks/other-users.ts';
import { upgradesCheck } from './checks/upgrades.ts';
import { namedFilesCheck } from './checks/named-files.ts';
import { secretsCheck } from './checks/secrets.ts';
import { daemonisingCheck } from './checks/daemonising.ts';
import { hardeningCheck } from './checks/hardening.ts';
import { librariesChangedCheck } from './checks/libraries-changed.ts';
import { libraryTypesCheck } from './checks/library-types.ts';
import { librariesElsewhereCheck } from './checks/libraries-elsewhere.ts';
import { librariesMissingCheck } from './checks/libraries-missing.ts';
import { otherCommandsCheck } from './checks/other-commands.ts';
import { optionsCheck } from './checks/options.ts';
import { programCheck } from './checks/program.ts';
import { readinessCheck } from './checks/readiness.ts';
import { sandboxCheck } from './checks/sandbox.ts';
import { symbolsMissingCheck } from './checks/symbols-missing.ts';
import { unitLinesCheck } from './checks/unit-lines.ts';
import { pidFileCheck } from './checks/pid-file.ts';
import { portsCheck } from './checks/ports.ts';
import { stateWritableCheck } from './checks/state-writable.ts';
import { usersCheck } from './checks/users.ts';
import type { GenericCheck } from './generic-check.ts';

/** In the order of a start: unit, program, libraries, symbols; then what others see of it. */
export const GENERIC_CHECKS: readonly GenericCheck[] = [
  unitLinesCheck,
  usersCheck,
  programCheck,
  sandboxCheck,
  otherCommandsCheck,
  librariesMissingCheck,
  librariesElsewhereCheck,
  librariesChangedCheck,
  libraryTypesCheck,
  symbolsMissingCheck,
  optionsCheck,
  namedFilesCheck,
  readinessCheck,
  daemonisingCheck,
  pidFileCheck,
  portsCheck,
  stateWritableCheck,
  hardeningCheck,
  secretsCheck,
  otherUsersCheck,
  upgradesCheck,
];
