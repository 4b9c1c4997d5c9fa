import { posix } from 'node:path';
import type { ServiceStart } from '../../service/service-start.ts';
import { ConfiguredExamination } from '../configured-program/configured-examination.ts';
import type { ConfiguredProgram } from '../configured-program/configured-program.ts';
import type { Knowledge } from '../knowledge.ts';
import { readCrontabs } from './read-crontabs.ts';
import { cronTouches } from './touches.ts';

/** What Cutover knows of cron, Debian's and cronie's: the programs that its crontabs start. */
export const cron: Knowledge = {
  id: 'cron',
  reads: 'cron',
  examine: (start) =>
    /^(?:cron|crond)$/.test(posix.basename(start.launch?.program ?? ''))
      ? new ConfiguredExamination(() => programOf(start))
      : undefined,
};

function programOf(start: ServiceStart): ConfiguredProgram {
  const crontabs = readCrontabs(start);
  return {
    start,
    name: 'cron',
    title: 'cron',
    attributes: {},
    configuration: crontabs.configuration,
    plugins: [],
    sharesSymbols: false,
    touches: cronTouches(start.host, crontabs),
    identify: () => ({ modules: [], misfits: [], doubts: [] }),
  };
}
