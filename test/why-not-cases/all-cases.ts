import { FILES_THAT_ARE_NOT_READ } from './files-that-are-not-read.ts';
import { LINES_OF_ENVIRONMENT } from './lines-of-environment.ts';
import { LINES_OF_UNITS } from './lines-of-units.ts';
import type { WhyNotCase } from './why-not-case.ts';

/** Lines that have no effect on lamp.service, or have one against all appearance, with the reason of each. */
export const WHY_NOT_CASES: readonly WhyNotCase[] = [
  ...FILES_THAT_ARE_NOT_READ,
  ...LINES_OF_UNITS,
  ...LINES_OF_ENVIRONMENT,
];
