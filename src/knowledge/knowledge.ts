import type { CheckResult, Finding } from '../documents/check-report.ts';
import type { CouldNotRun } from '../documents/could-not-run.ts';
import type { GraphEdge, GraphNode } from '../documents/inspection.ts';
import type { Rerender } from '../documents/trace.ts';
import type { Host } from '../host/host.ts';
import type { Launcher } from '../service/launcher.ts';
import type { ServiceStart } from '../service/service-start.ts';
import type { Place } from '../text/place.ts';
import type { TracedText } from '../text/traced-text.ts';
import type { PlanAdvice } from './plan-advice.ts';

/**
 * What Cutover knows of one distribution or one program. Every folder under knowledge/ exports one of these;
 * nothing outside the folder knows what is in it. A part that a folder has nothing to say about is left out.
 */
export interface Knowledge {
  readonly id: string;
  /** The program whose configuration it reads, for people. */
  readonly reads?: string;
  /** Who a path belongs to and what it is for. */
  noteOn?(host: Host, path: string): PathNote | undefined;
  /** How a generated file was made, each character with its origin. */
  explainFile?(host: Host, path: string, given: GeneratorGiven): GeneratedFile | undefined;
  /** The scripts that its package manager runs when packages come and go. */
  packageScripts?(host: Host): readonly string[];
  /** How its own launchers come to the program that they start. */
  readonly launcher?: Launcher;
  /** What it recognises in a service; undefined when it is none of its own. */
  examine?(start: ServiceStart): Examination | undefined;
  /** The checks of its examinations' `compare`, in its order. */
  readonly checks?: readonly CheckDescription[];
}

/** A check as `check --explain ID` describes it. */
export interface CheckDescription {
  readonly id: string;
  readonly title: string;
  /** One paragraph: why the check exists, and what makes it silent. */
  readonly explains: string;
  /** It never finds a blocker: the verdict does not wait for it where it can not run. */
  readonly advisory?: true;
}

/** `--sources`: a generator's sources that are not on the host itself. */
export interface GeneratorSources {
  readonly host: Host;
  readonly directory: string;
}

/** What the command line adds to what a generator finds on the host. */
export interface GeneratorGiven {
  readonly sources?: GeneratorSources | undefined;
  /** `--config`: what the operator gave the generator. */
  readonly config?: { readonly host: Host; readonly path: string } | undefined;
}

export interface PathNote {
  /** The package, as its own tool names it. */
  readonly owner?: string;
  /** The version of that package that is there. */
  readonly ownerVersion?: string;
  /** What the path is for, in a few words: "meant for proxies". */
  readonly purpose?: string;
  /** Kept when the packages of the service are upgraded. */
  readonly survives?: boolean;
  /** `operator`: meant for the operator's own settings. `special`: for something else, not for settings. */
  readonly intended?: 'operator' | 'special';
  readonly writer?: KnownWriter;
}

/** The program that makes a file at run time. */
export interface KnownWriter {
  /** The last part of its path. */
  readonly program: string;
  /** What it does, for people. */
  readonly why: string;
  /** The environment variables that it writes there, while the file is absent. */
  readonly variables?: readonly string[];
}

export interface GeneratedFile {
  readonly path: string;
  /** What the sources make; where `rerender` is identical, the text of the file up to insignificant order. */
  readonly content: TracedText;
  readonly rerender: Rerender;
  /** Of a different one, the lines without what the generator counts among its secrets; left out: they have none. */
  readonly masked?: { readonly expected: string; readonly found: string };
  /** Where the generator's template says the file. */
  readonly template?: Place;
  /** An argument of the generator, by the name that hops of kind `template` and `expression` carry. */
  argument?(name: string): GeneratorArgument | undefined;
  /** What a reader of the explanation has to know beside it, for people: what was recovered, what contradicts. */
  readonly notes?: readonly string[];
}

/** Whether the generator's own config can set an argument. */
export interface GeneratorArgument {
  /** The generator's config, as its operators call it: "config.yaml". */
  readonly config: string;
  readonly settable: boolean;
  /** For people: "default in gen/calc.py:352", "must: the generator refuses a config that sets it". */
  readonly why: string;
  /** The generator itself counts it among its secrets: to be masked wherever it is shown. */
  readonly secret?: boolean;
  /** The arguments that its setter takes: setting one of those changes it, too. */
  readonly from?: readonly string[];
}

/** What one piece of knowledge sees in one service on one host. */
export interface Examination {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly notExamined: readonly string[];
  /** It reads the arguments of the program itself: nobody has to guess what their options mean. */
  readonly readsArguments?: true;
  /** Why the service would refuse its own configuration at the start, where parts of it are damaged. */
  readonly refusal?: CouldNotRun | undefined;
  /** What parts of a setting's value name elsewhere. */
  meanings(setting: string): readonly Meaning[];
  /**
   * Compares the service of today (this) with the one of tomorrow; undefined: it is no longer recognised. `start` is what
   * tomorrow starts, recognised or not.
   */
  compare(tomorrow: Examination | undefined, start?: ServiceStart): readonly CheckOutcome[];
  /** What a plan that leads from this service to `tomorrow` must bear in mind. */
  advise(tomorrow: Examination): PlanAdvice;
}

/** A part of a value that is a name of something defined elsewhere. */
export interface Meaning {
  readonly from: number;
  readonly to: number;
  /** For people: "module in /opt/…/libstats-slave.so (Isolator, built for Mesos 0.28.1)". */
  readonly text: string;
  /** Where the name is defined or loaded; its own origin is worth tracing. */
  readonly place?: Place;
}

export interface CheckOutcome {
  readonly check: CheckResult;
  readonly findings: readonly Finding[];
}
