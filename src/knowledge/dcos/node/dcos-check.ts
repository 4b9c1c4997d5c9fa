import type { Finding } from '../../../documents/check-report.ts';
import type { ServiceStart } from '../../../service/service-start.ts';
import type { CheckRun } from '../../check-outcome.ts';
import type { CheckDescription } from '../../knowledge.ts';
import type { DcosService } from './recognise-node.ts';

/** A service of DC/OS on one day. */
export interface NodeDay {
  readonly start: ServiceStart;
  readonly dcos: DcosService;
}

export interface DcosCheck extends CheckDescription {
  run(today: NodeDay, tomorrow: NodeDay): CheckRun;
}

export type DcosFinding = Omit<Finding, 'id'>;

/** Whether another program runs tomorrow. */
export function isOtherProgram(today: NodeDay, tomorrow: NodeDay): boolean {
  return programOf(today) !== programOf(tomorrow);
}

/** The program that the service comes to, or what its command names where that can not be followed. */
export function programOf({ start: { launch, command } }: NodeDay): string | undefined {
  return launch?.program ?? command?.words[0]?.toString();
}
