import type { Graph } from '../graph/graph.ts';
import type { Finding } from '../documents/check-report.ts';
import type { CheckRun } from '../knowledge/check-outcome.ts';
import type { CheckDescription } from '../knowledge/knowledge.ts';

/** A check of any service: compares its graph of today with the one of tomorrow. Reads no file by itself. */
export interface GenericCheck extends CheckDescription {
  run(today: Graph, tomorrow: Graph): CheckRun;
}

export type GenericFinding = Omit<Finding, 'id'>;
