import { posix } from 'node:path';
import type { ServiceStart } from '../../service/service-start.ts';
import type { GraphEdge, GraphNode } from '../../documents/inspection.ts';
import { type CheckRun, outcomeOf } from '../check-outcome.ts';
import type { CheckDescription, CheckOutcome, Examination, Meaning } from '../knowledge.ts';
import type { PlanAdvice } from '../plan-advice.ts';
import { type ConfiguredGraph, configuredGraph } from './configured-graph.ts';
import type { ConfiguredProgram } from './configured-program.ts';
import { directivesKnown } from './directive-names.ts';
import { examinePlugins } from './examine-plugins.ts';
import type { Plugin } from './plugin.ts';
import { pluginsFit, pluginsOpen } from './plugin-checks.ts';
import { stateIsRead, stateToKeep } from './state-formats.ts';

/** A configured program behind a service. It is read, and its plugins are opened, when first asked for, and then kept. */
export class ConfiguredExamination implements Examination {
  readonly readsArguments = true;
  readonly #read: () => ConfiguredProgram;
  #program: ConfiguredProgram | undefined;
  #plugins: readonly Plugin[] | undefined;
  #graph: ConfiguredGraph | undefined;

  constructor(read: () => ConfiguredProgram) {
    this.#read = read;
  }

  get program(): ConfiguredProgram {
    this.#program ??= this.#read();
    return this.#program;
  }

  get plugins(): readonly Plugin[] {
    this.#plugins ??= examinePlugins(this.program);
    return this.#plugins;
  }

  get nodes(): readonly GraphNode[] {
    return this.#parts.nodes;
  }

  get edges(): readonly GraphEdge[] {
    return this.#parts.edges;
  }

  get notExamined(): readonly string[] {
    return this.#parts.notExamined;
  }

  meanings(): readonly Meaning[] {
    return [];
  }

  compare(tomorrow: Examination | undefined, start?: ServiceStart): readonly CheckOutcome[] {
    const { checks } = this.program;
    if (checks === undefined) return [];
    if (tomorrow instanceof ConfiguredExamination) {
      return [
        this.#outcome(checks.opens, pluginsOpen(tomorrow.program, tomorrow.plugins)),
        this.#outcome(checks.fits, pluginsFit(tomorrow.program, tomorrow.plugins)),
        ...this.#directivesOutcome(tomorrow),
        ...this.#stateOutcome(tomorrow),
      ];
    }
    const run = this.#notRecognised(start);
    return [outcomeOf(checks.opens, run), outcomeOf(checks.fits, run), ...this.#stateOutcome(undefined)];
  }

  /** A program that has not even the name of today's among its texts is no other build of it: it has no use for its plugins. */
  #notRecognised(start: ServiceStart | undefined): CheckRun {
    const { name, plugins, start: today } = this.program;
    const count = plugins.length;
    if (count === 0) return { examined: 0, findings: [] };
    const program = start?.loaded?.closure.program;
    const own = posix.basename(today.launch?.program ?? name);
    if (program !== undefined && start?.loaded?.mentions(program, own) === false)
      return { examined: 0, findings: [] };
    return {
      couldNotRun: `what shall run tomorrow is not recognised as ${name}; today it loads plugins: ${count}`,
    };
  }

  advise(tomorrow: Examination): PlanAdvice {
    const { state } = this.program;
    const after = tomorrow instanceof ConfiguredExamination ? tomorrow.program.state : undefined;
    const kept = state === undefined ? [] : stateToKeep(state, after);
    return { state: kept, probes: [], probesBack: [], irreversible: [] };
  }

  #directivesOutcome(tomorrow: ConfiguredExamination): CheckOutcome[] {
    const { directives } = this.program;
    return directives === undefined ? [] : [outcomeOf(directives, directivesKnown(this, tomorrow))];
  }

  #stateOutcome(tomorrow: ConfiguredExamination | undefined): CheckOutcome[] {
    const { state } = this.program;
    return state === undefined ? [] : [outcomeOf(state.check, stateIsRead(state, tomorrow?.program.state))];
  }

  /** What only warns, and is so today as well, is no consequence of the change. */
  #outcome(check: CheckDescription, run: CheckRun): CheckOutcome {
    if ('couldNotRun' in run || !run.findings.some(({ severity }) => severity === 'warning'))
      return outcomeOf(check, run);
    const today =
      check === this.program.checks?.opens
        ? pluginsOpen(this.program, this.plugins)
        : pluginsFit(this.program, this.plugins);
    const before = new Set(
      'findings' in today ? today.findings.map(({ subject, reason }) => `${subject}\n${reason}`) : [],
    );
    const findings = run.findings.map((finding) => {
      const isOld = finding.severity === 'warning' && before.has(`${finding.subject}\n${finding.reason}`);
      return isOld
        ? { ...finding, severity: 'note' as const, reason: `${finding.reason} It is so today as well.` }
        : finding;
    });
    return outcomeOf(check, { ...run, findings });
  }

  get #parts(): ConfiguredGraph {
    this.#graph ??= configuredGraph(this.program, this.plugins);
    return this.#graph;
  }
}
