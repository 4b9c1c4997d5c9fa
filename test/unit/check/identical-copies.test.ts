// Noise is a defect: a service whose program is replaced by an identical copy of itself has no blocker and no warning.
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../../src/check/check.ts';
import { CouldNotRun } from '../../../src/documents/could-not-run.ts';
import { buildGraph } from '../../../src/graph/build-graph.ts';
import { Subject } from '../../../src/graph/subject.ts';
import type { Host } from '../../../src/host/host.ts';
import { PlannedHost } from '../../../src/host/planned-host.ts';
import { RememberingHost } from '../../../src/host/remembering-host.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { allKnowledge } from '../../../src/knowledge/all-knowledge.ts';
import { dropInPath } from '../../../src/service/drop-in-path.ts';
import { hostServices } from '../../../src/service/host-services.ts';

const COPY = '/opt/identical';

/** `npm run test:copies` takes every service; the tests take one of so many, others with each run. */
const ALL = process.env['CUTOVER_COPIES'] === 'all';
const ONE_OF = ALL ? 1 : 9;
const FIRST = ALL ? 0 : Math.floor(Math.random() * ONE_OF);

test('the services of this machine, each replaced by a copy of its program', { timeout: 600_000 }, () => {
  const host = new RememberingHost(new RootedHost('/'));
  const noise: string[] = [];
  let checked = 0;
  const { names, templates } = hostServices(host);
  const services = [...names, ...templates.map((template) => template.replace('@.', '@x-y.'))];
  for (const name of services.filter((_, index) => index % ONE_OF === FIRST)) {
    const report = reportOf(host, name);
    if (report === undefined) continue;
    checked += 1;
    for (const { id, severity, subject, reason } of report.findings) {
      if (severity !== 'note') noise.push(`${name}: ${severity} ${id}: ${subject}: ${reason}`);
    }
    if (report.verdict === 'could-not-run') {
      const unable = report.checks.filter(({ result }) => result === 'could-not-run');
      noise.push(...unable.map(({ id, reason }) => `${name}: could not run ${id}: ${reason}`));
    }
  }
  process.stderr.write(
    `${checked} services against an identical copy (from ${FIRST}, one of ${ONE_OF}): ${noise.length} blockers and warnings\n`,
  );
  expect(noise).toEqual([]);
  expect(checked).toBeGreaterThanOrEqual(ALL ? 50 : 1);
});

/** Undefined for a service that cannot be read, is no ELF program or is not installed here. */
function reportOf(host: Host, name: string): ReturnType<typeof check> | undefined {
  const today = graphOf(host, name);
  const command = today?.start.command;
  const program = today?.start.loaded?.closure.program.path;
  const written = today?.start.service.unit.assignments.findLast(
    ({ key, value }) => key === 'ExecStart' && value.length > 0,
  );
  const first = command?.words[0]?.toString();
  if (
    today === undefined ||
    command === undefined ||
    program === undefined ||
    written === undefined ||
    first === undefined
  )
    return undefined;
  // A wrapper is no copy of the program behind it.
  if (host.realPath(first) !== host.realPath(program)) return undefined;
  const copy = `${COPY}/${posix.basename(first)}`;
  const rest = /^\S+(.*)$/s.exec(written.value.toString())?.[1] ?? '';
  const content = `[Service]\nExecStart=\nExecStart=${command.prefixes}${copy}${rest}\n`;
  const planned = new PlannedHost(host, {
    entries: new Map([[dropInPath(name), { type: 'file', content, mode: 0o644, uid: 0, gid: 0 }]]),
    trees: [{ at: copy, from: program }],
  });
  const tomorrow = graphOf(planned, name);
  return tomorrow && check(today, tomorrow, new Set());
}

function graphOf(host: Host, name: string): ReturnType<typeof buildGraph> | undefined {
  try {
    return buildGraph(new Subject(host, name, { knowledge: allKnowledge }));
  } catch (error) {
    if (error instanceof CouldNotRun) return undefined;
    throw error;
  }
}
