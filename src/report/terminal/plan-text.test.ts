import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { specFromFlags } from '../../plan/spec-from-flags.ts';
import { overridePlaces } from '../../service/overrides.ts';
import { loadService } from '../../service/service.ts';
import { planText } from './plan-text.ts';

const NO_ADVICE = { state: [], probes: [], probesBack: [], irreversible: [] };

test('every step, what it writes, and the effects; a secret stays masked', () => {
  const host = rootWith({
    '/usr/lib/systemd/system/lighthouse.service':
      '[Service]\nEnvironmentFile=-/etc/lighthouse/own.env\nExecStart=/usr/bin/lamp\n',
    '/usr/lib/systemd/system/keeper.service':
      '[Unit]\nRequires=lighthouse.service\n[Service]\nExecStart=/usr/bin/keeper\n',
    '/usr/lib/systemd/system/foghorn.service':
      '[Service]\nEnvironmentFile=/etc/lighthouse/own.env\nExecStart=/usr/bin/horn\n',
  });
  const service = loadService(host, 'lighthouse');
  const spec = specFromFlags('lighthouse', { set: ['LAMP=bright', 'KEEPER_PASSWORD=gull'], unset: [] });
  const placesOf = (name: string): ReturnType<typeof overridePlaces> =>
    overridePlaces(service, name, () => undefined);
  const plan = makePlan({ spec, host, service, advice: NO_ADVICE, placesOf });
  const text = planText({ colour: false, width: undefined }, plan);
  expect(text).not.toContain('gull');
  expect(text.replace(/digest \w+, made on host state \w+/, 'digest …')).toBe(
    `plan for lighthouse.service

 1.  write /etc/lighthouse/own.env (settings)
      mode 0600, owner 0:0
      + KEEPER_PASSWORD=(secret)
      + LAMP=bright
 2.  let systemd read the unit files anew
 3.  restart lighthouse.service
 4.  wait until lighthouse.service is well for 10 s, at most 90 s
      active, and not started anew for 10 s
      at most 0 restarts

effect: restarts lighthouse.service
effect: restarts keeper.service with lighthouse.service: Requires=, /usr/lib/systemd/system/keeper.service:2
effect: of the other units those are restarted that run
effect: not examined: which units do not run, and are started because it is
effect: lighthouse.service is down from its stop to its start, and so is the unit restarted with it; everything else is prepared before
effect: foghorn.service reads /etc/lighthouse/own.env too

digest …
`,
  );
});

test('what other units do, by which directive, and no more of them than one reads', () => {
  const host = rootWith({
    '/etc/systemd/system/lighthouse.service':
      '[Unit]\nWants=wick.service\n[Service]\nExecStart=/usr/bin/lamp\n',
    '/etc/systemd/system/wick.service': '[Unit]\nConflicts=fog.service\n[Service]\nExecStart=/usr/bin/trim\n',
    '/etc/systemd/system/fog.service': '[Service]\nExecStart=/usr/bin/fog\n',
    '/etc/systemd/system/harbour.target': '[Unit]\nDescription=All of it\n',
    '/etc/systemd/system/harbour.target.requires/lighthouse.service': '-> ../lighthouse.service',
    '/etc/systemd/system/boat@.service':
      '[Unit]\nPartOf=lighthouse.service\n[Service]\nExecStart=/usr/bin/boat\n',
  });
  const service = loadService(host, 'lighthouse');
  const spec = specFromFlags('lighthouse', { set: ['LAMP=bright'], unset: [] });
  const placesOf = (name: string): ReturnType<typeof overridePlaces> =>
    overridePlaces(service, name, () => undefined);
  const boats = Array.from({ length: 22 }, (_, index) => `boat@${index + 10}.service`);
  const now = { loaded: boats, runs: (unit: string) => unit !== 'wick.service', wasSkipped: () => false };
  const plan = makePlan({ spec, host, service, advice: NO_ADVICE, placesOf, now });
  const effects = planText({ colour: false, width: undefined }, plan)
    .split('\n')
    .filter((line) => line.startsWith('effect: ') && !line.includes('boat@'));
  expect(effects).toEqual([
    'effect: restarts lighthouse.service',
    'effect: 5 more units are restarted, started or stopped with it: --json names them',
    'effect: lighthouse.service is down from its stop to its start, and so are the 23 units restarted with it; everything else is prepared before',
  ]);
  const few = makePlan({ spec, host, service, advice: NO_ADVICE, placesOf, now: { ...now, loaded: [] } });
  expect(planText({ colour: false, width: undefined }, few)).toContain(`effect: restarts lighthouse.service
effect: restarts harbour.target with lighthouse.service: Requires=, by the link /etc/systemd/system/harbour.target.requires/lighthouse.service
effect: starts wick.service with lighthouse.service: Wants=, /etc/systemd/system/lighthouse.service:2
effect: stops, and does not start again, fog.service with wick.service: Conflicts=, /etc/systemd/system/wick.service:2
effect: lighthouse.service is down`);
  const asleep = makePlan({
    spec,
    host,
    service,
    advice: NO_ADVICE,
    placesOf,
    now: { ...now, loaded: [], runs: () => false },
  });
  expect(planText({ colour: false, width: undefined }, asleep)).toContain(`
effect: starts lighthouse.service (it does not run now)
effect: starts wick.service with lighthouse.service: Wants=, /etc/systemd/system/lighthouse.service:2
effect: lighthouse.service does not run now, so its start takes nothing down
`);
});
