import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import type { ServiceStart } from '../../service/service-start.ts';
import { advise, NO_ADVICE } from './advise.ts';
import { type AgentGraph, agentGraph } from './agent-graph.ts';
import type { AgentCheck } from './checks/agent-check.ts';
import { AGENT_CHECKS } from './checks/agent-checks.ts';
import { type AgentFlags, readAgentFlags } from './flags/agent-flags.ts';
import { flagValue } from './flags/flag-value.ts';
import { examineGpus, type Gpus } from './gpus.ts';
import { type Checkpoint, readCheckpoint } from './info/read-checkpoint.ts';
import { CouldNotRun } from '../../documents/could-not-run.ts';
import { HostError } from '../../host/host.ts';
import { type CheckRun, outcomeOf } from '../check-outcome.ts';
import type { CheckOutcome, Examination, Meaning } from '../knowledge.ts';
import type { PlanAdvice } from '../plan-advice.ts';
import { meanings } from './meanings.ts';
import { examineModules, type ModuleLibrary } from './modules/examine-modules.ts';
import { type NamedModule, namedModules } from './named-modules.ts';
import type { Agent } from './recognise-agent.ts';

/** A Mesos agent behind a service. Each part is read when it is first asked for, and then kept. */
export class AgentExamination implements Examination {
  readonly readsArguments = true;
  readonly start: ServiceStart;
  readonly agent: Agent;
  readonly flags: AgentFlags;
  #libraries: readonly ModuleLibrary[] | undefined;
  #refusal: { readonly of: CouldNotRun | undefined } | undefined;
  #named: readonly NamedModule[] | undefined;
  #gpus: Gpus | undefined;
  #checkpoint: Checkpoint | undefined;
  #graph: AgentGraph | undefined;

  constructor(start: ServiceStart, agent: Agent) {
    this.start = start;
    this.agent = agent;
    this.flags = readAgentFlags(start, agent.version);
  }

  /** Also where neither release is known. */
  isSameRelease({ agent: { version } }: AgentExamination): boolean {
    return this.agent.version?.text === version?.text;
  }

  /** The libraries its modules are in. Throws `CouldNotRun` for a modules JSON or a library that is damaged. */
  get libraries(): readonly ModuleLibrary[] {
    this.#libraries ??= examineModules(this.start.host, this.agent, this.flags);
    return this.#libraries;
  }

  get refusal(): CouldNotRun | undefined {
    this.#refusal ??= { of: refusalOf(() => this.libraries) };
    return this.#refusal.of;
  }

  /** For people: `Mesos 1.0.0`. */
  get mesos(): string {
    return this.agent.version === undefined ? 'Mesos' : `Mesos ${this.agent.version.text}`;
  }

  get named(): readonly NamedModule[] {
    this.#named ??= namedModules(this.flags, this.agent.version, this.libraries);
    return this.#named;
  }

  get gpus(): Gpus {
    this.#gpus ??= examineGpus(this.start, this.agent, this.flags);
    return this.#gpus;
  }

  /** Undefined when no flag says where. */
  get workDirectory(): string | undefined {
    return flagValue(this.flags, 'work_dir', this.agent.version);
  }

  get checkpoint(): Checkpoint {
    const directory = this.workDirectory;
    this.#checkpoint ??=
      directory === undefined
        ? { kind: 'unknown', why: 'there is no --work_dir' }
        : readCheckpoint(this.start.host, directory);
    return this.#checkpoint;
  }

  get nodes(): readonly GraphNode[] {
    return this.#graphParts.nodes;
  }

  get edges(): readonly GraphEdge[] {
    return this.#graphParts.edges;
  }

  get notExamined(): readonly string[] {
    return this.#graphParts.notExamined;
  }

  meanings(setting: string): readonly Meaning[] {
    return meanings(this, setting);
  }

  compare(tomorrow: Examination | undefined): readonly CheckOutcome[] {
    return AGENT_CHECKS.map((check) =>
      outcomeOf(
        check,
        tomorrow instanceof AgentExamination
          ? runOf(check, this, tomorrow)
          : { couldNotRun: 'what shall run tomorrow is not recognised as a Mesos agent' },
      ),
    );
  }

  advise(tomorrow: Examination): PlanAdvice {
    if (!(tomorrow instanceof AgentExamination)) return NO_ADVICE;
    return advise(this, tomorrow);
  }

  get #graphParts(): AgentGraph {
    this.#graph ??= agentGraph(this);
    return this.#graph;
  }
}

/** Files that may not be read or that are damaged leave one check undone, not all. */
function runOf(check: AgentCheck, today: AgentExamination, tomorrow: AgentExamination): CheckRun {
  try {
    return check.run(today, tomorrow);
  } catch (error) {
    if (error instanceof HostError || error instanceof CouldNotRun) return { couldNotRun: error.message };
    throw error;
  }
}

function refusalOf(read: () => unknown): CouldNotRun | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof CouldNotRun) return error;
    throw error;
  }
}
