import { HostError } from '../../../host/host.ts';
import type { ServiceStart } from '../../../service/service-start.ts';
import { type CheckRun, outcomeOf } from '../../check-outcome.ts';
import type { Examination } from '../../knowledge.ts';
import type { DcosCheck } from './dcos-check.ts';
import { dcosEnvironmentCheck } from './dcos-environment.ts';
import { dcosHelpersCheck } from './dcos-helpers.ts';
import { dcosPackageCheck } from './dcos-package.ts';
import { dcosThirdPartiesCheck } from './dcos-third-parties.ts';
import type { DcosService } from './recognise-node.ts';

export const DCOS_CHECKS: readonly DcosCheck[] = [
  dcosPackageCheck,
  dcosHelpersCheck,
  dcosEnvironmentCheck,
  dcosThirdPartiesCheck,
];

/** A service of DC/OS among the packages of its node. Adds nothing to the graph: the units and files are in it. */
export class NodeExamination implements Examination {
  readonly nodes = [];
  readonly edges = [];
  readonly notExamined = [];
  readonly start: ServiceStart;
  readonly dcos: DcosService;

  constructor(start: ServiceStart, dcos: DcosService) {
    this.start = start;
    this.dcos = dcos;
  }

  meanings(): [] {
    return [];
  }

  compare(tomorrow: Examination | undefined): ReturnType<Examination['compare']> {
    return DCOS_CHECKS.map((check) =>
      outcomeOf(
        check,
        tomorrow instanceof NodeExamination
          ? runOf(check, this, tomorrow)
          : { couldNotRun: 'the unit of tomorrow is none of DC/OS' },
      ),
    );
  }

  advise(): ReturnType<Examination['advise']> {
    return { state: [], probes: [], probesBack: [], irreversible: [] };
  }
}

function runOf(check: DcosCheck, today: NodeExamination, tomorrow: NodeExamination): CheckRun {
  try {
    return check.run(today, tomorrow);
  } catch (error) {
    if (error instanceof HostError) return { couldNotRun: error.message };
    throw error;
  }
}
