import { chmodSync, cpSync, mkdirSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { check } from '../src/check/check.ts';
import { buildGraph } from '../src/graph/build-graph.ts';
import type { Graph } from '../src/graph/graph.ts';
import { Subject } from '../src/graph/subject.ts';
import type { RootedHost } from '../src/host/rooted-host.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';

const LOADER = '/lib64/ld-linux-x86-64.so.2';

/** Puts the machine's own loader into a root: a program that asks for one is refused without. */
export function addLoader(root: string): void {
  mkdirSync(dirname(join(root, LOADER)), { recursive: true });
  cpSync(LOADER, join(root, LOADER), { dereference: true });
}

/** Leaves the first `size` bytes of a file. */
export function cutOff(root: string, path: string, size: number): void {
  truncateSync(join(root, path), size);
}

/** Takes from everybody the right to execute a file. */
export function makePlain(root: string, path: string): void {
  chmodSync(join(root, path), 0o644);
}

export function graphWith(host: RootedHost, service: string, knowledge: Knowledge): Graph {
  return buildGraph(new Subject(host, service, { knowledge: [knowledge] }));
}

/** What `check` says when a service is replaced by itself: what is wrong with it as it is. */
export function findingsOf(host: RootedHost, service: string, knowledge: Knowledge) {
  const graph = graphWith(host, service, knowledge);
  const { verdict, findings } = check(graph, graph, new Set());
  return {
    verdict,
    findings: findings.map(({ id, severity, subject, reason, remedy }) => ({
      is: `${severity} ${id}`,
      subject,
      reason,
      remedy,
    })),
  };
}

export type { Graph };

/** What `check` says when one service takes the place of another. */
export function reportBetween(today: Graph, tomorrow: Graph): ReturnType<typeof check> {
  return check(today, tomorrow, new Set());
}
