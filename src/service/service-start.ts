import type { Closure } from '../formats/elf/resolve-closure.ts';
import type { Host } from '../host/host.ts';
import type { Service } from './service.ts';
import type { ServiceCommand } from './commands.ts';
import type { Launch } from './launch.ts';

/** What a start of the service would run and load, as far as reading tells. */
export interface ServiceStart {
  readonly host: Host;
  readonly service: Service;
  readonly command: ServiceCommand | undefined;
  readonly launch: Launch | undefined;
  /** The program and its libraries, each with the rule it was found by; undefined when the program was not reached. */
  readonly closure: Closure | undefined;
}
