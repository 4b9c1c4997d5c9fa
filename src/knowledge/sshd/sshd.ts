import { posix } from 'node:path';
import { ConfiguredExamination } from '../configured-program/configured-examination.ts';
import type { ConfiguredProgram } from '../configured-program/configured-program.ts';
import { optionsIn } from '../configured-program/options-in.ts';
import { textInProgram } from '../configured-program/text-in-program.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import type { Knowledge } from '../knowledge.ts';
import { readSshdConfiguration } from './read-configuration.ts';
import { sshdTouches } from './touches.ts';

/** What Cutover knows of OpenSSH's server: its configuration. It loads no plugins. */
export const sshd: Knowledge = {
  id: 'sshd',
  reads: 'sshd',
  examine: (start) =>
    posix.basename(start.launch?.program ?? '') === 'sshd'
      ? new ConfiguredExamination(() => programOf(start))
      : undefined,
};

/** Source: main() in sshd.c of OpenSSH 9.2. */
const SWITCHES = '46';
const WITH_VALUE = 'bcCEfghkopu';

function programOf(start: ServiceStart): ConfiguredProgram {
  const options = optionsIn(start.launch?.args ?? [], SWITCHES, WITH_VALUE);
  const place = start.command?.place ?? { file: start.service.unit.fragment.path, line: 1, column: 1 };
  const asked = options.findLast(({ letter }) => letter === 'f')?.value;
  const built = textInProgram(start, /\0(\/[\w./-]+\/sshd_config)\0/) ?? '/etc/ssh/sshd_config';
  const configuration = readSshdConfiguration(start.host, {
    file: posix.resolve(start.launch?.directory ?? '/', asked ?? built),
    namedBy: asked === undefined ? 'built into sshd' : `-f ${asked} of the command`,
    directory: posix.dirname(built),
    options,
    place,
  });
  return {
    start,
    name: 'sshd',
    title: 'sshd',
    attributes: {},
    configuration,
    plugins: [],
    sharesSymbols: false,
    touches: sshdTouches(configuration, posix.dirname(built)),
    identify: () => ({ modules: [], misfits: [], doubts: [] }),
  };
}
