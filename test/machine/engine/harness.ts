// Drives the engine inside a test machine, without the command line: harness.ts VERB ARGUMENT…
import { readFileSync, writeFileSync } from 'node:fs';
import { apply, type EngineOptions } from '../../../src/engine/apply.ts';
import { confirm } from '../../../src/engine/confirm.ts';
import { recover } from '../../../src/engine/recover.ts';
import { rollback } from '../../../src/engine/rollback.ts';
import { status } from '../../../src/engine/status.ts';
import { CouldNotRun } from '../../../src/documents/could-not-run.ts';
import { planSchema } from '../../../src/documents/plan.ts';
import { HostError } from '../../../src/host/host.ts';
import { liveMachine } from '../../../src/host/machine/live-machine.ts';
import type { PlanAdvice } from '../../../src/knowledge/plan-advice.ts';
import { PlannedHost } from '../../../src/host/planned-host.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { overlayOf } from '../../../src/plan/overlay-of.ts';
import { parseSpec } from '../../../src/plan/parse-spec.ts';
import { overridePlaces } from '../../../src/service/overrides.ts';
import { loadService } from '../../../src/service/service.ts';

const machine = liveMachine();
const tells = process.env['HARNESS_TELLS'] === '1';
const options: EngineOptions = {
  recoverCommand: [process.execPath, process.argv[1] ?? '', 'recover'],
  ...(tells && {
    onProgress: (progress) => console.error(JSON.stringify(progress)),
    onStaleLock: (holder) => console.error(`took over from ${holder}`),
  }),
};
/** What a knowledge folder would say of the lantern. */
const advice: PlanAdvice = {
  state: [{ path: '/var/lib/lantern/meta', class: 'snapshot', why: 'who keeps the lantern' }],
  probes: [],
  probesBack: [
    {
      title: 'the old lantern burns',
      url: 'http://127.0.0.1:4040/',
      status: 200,
      json: [{ pointer: '/version', must: 'equal', value: '1' }],
    },
  ],
  irreversible: [
    {
      id: 'lantern-new-keeper',
      title: 'the harbour knows the new keeper and dismisses the old one',
      why: 'A keeper that was dismissed is never let in again.',
      crossedWhenLinkChanged: '/var/lib/lantern/meta/latest',
      leaveOut: ['/var/lib/lantern/meta/latest'],
      difference: 'the lantern has a keeper of a new name',
    },
  ],
};

async function run([verb, argument = '', out = '']: readonly string[]): Promise<unknown> {
  switch (verb) {
    case 'plan': {
      const spec = parseSpec(argument, readFileSync(argument, 'utf8'));
      const service = loadService(machine.host, spec.service);
      const placesOf = (name: string) => overridePlaces(service, name, () => undefined);
      const request = { spec, host: machine.host, service, advice, placesOf };
      const planned = new PlannedHost(
        machine.host,
        overlayOf(makePlan({ ...request, spec: { ...spec, accept: [] } })),
      );
      const tomorrow = { host: planned, service: loadService(planned, spec.service) };
      const plan = makePlan({ ...request, tomorrow });
      writeFileSync(out, JSON.stringify(plan));
      return plan;
    }
    case 'apply':
      return await apply(planSchema.parse(JSON.parse(readFileSync(argument, 'utf8'))), machine, {
        ...options,
        ...(out === 'confirm' ? { confirmWithinMs: 600_000 } : {}),
      });
    case 'confirm':
      return await confirm(argument, machine, options);
    case 'rollback':
      return await rollback(argument, machine, { ...options, acceptDifferences: out === 'accept' });
    case 'recover':
      return (await recover(machine, options)).outcomes;
    default:
      return status(machine);
  }
}

try {
  console.log(JSON.stringify(await run(process.argv.slice(2))));
} catch (error) {
  if (!(error instanceof CouldNotRun) && !(error instanceof HostError)) throw error;
  const { why, next } = error instanceof CouldNotRun ? error : {};
  console.log(JSON.stringify({ refused: error.message, why, next }));
  process.exitCode = 2;
}
