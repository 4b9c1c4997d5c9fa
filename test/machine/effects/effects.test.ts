// Each service that runs on a machine with Debian's packages, changed and changed back: what was predicted is what is seen.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { COMPILED, effectsLayer, INSTALLED, STATE_OF_SERVICES } from './debian-services.ts';
import { dependentsOf, startOf } from './dependents.ts';
import { EffectsMachine } from './effects-machine.ts';
import { rowOf } from './seen-row.ts';

/** `npm run test:effects` tries all, or those that it matches; the tests have a part of them in engine/effects.test.ts. */
const ASKED = process.env['CUTOVER_EFFECTS'];
const WANTED = 30;
/** Without these there is no machine to look at. */
const LEFT_OUT = /^(?:systemd-|dbus\.|user@|getty@|console-getty|cutover)/;
/** Get everything that can depend on a service, so that the others are as their packages have them. */
const WITH_DEPENDENTS = [
  'redis-server',
  'nginx',
  'memcached',
  'ssh',
  'named',
  'mosquitto',
  'rsyslog',
  'cups',
  'cron',
];

const print = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

describeOnMachine('every service of a machine', () => {
  let effects: EffectsMachine | undefined;
  const rows: string[] = [];
  beforeAll(async () => {
    const layer = effectsLayer();
    if (ASKED === undefined || layer === undefined) return;
    effects = await EffectsMachine.boot('all-effects', {
      layers: [layer],
      prepare: INSTALLED,
      directories: ['/etc', '/usr', '/var/lib'],
    });
    // What starts anew by itself all the time is not what is looked at, nor what ends by itself (pcscd, when nobody asks it).
    await effects.machine.runShell(
      "systemctl stop pcscd.service $(systemctl list-units --state=activating,failed --no-legend --plain | cut -d' ' -f1)",
    );
    for (const service of WITH_DEPENDENTS) {
      const dependents = dependentsOf(`${service}.service`, `of-${service}`);
      await effects.units(dependents.units);
      await effects.machine.runShell(startOf(dependents, `of-${service}`));
    }
  }, 600_000);
  afterAll(async () => {
    await effects?.machine.throwAway();
  });

  test.skipIf(ASKED === undefined)(
    'is changed with the effects that its plan predicts',
    { timeout: 7_200_000 },
    async () => {
      if (effects === undefined) throw new Error('the packages could not be fetched');
      const { machine } = effects;
      const list = 'systemctl list-units --type=service --state=active --no-legend --plain | cut -d" " -f1';
      const services = (await machine.mustRunShell(list))
        .split('\n')
        .filter((name) => name !== '' && !LEFT_OUT.test(name) && !name.startsWith('of-'))
        .filter((name) => ASKED === 'all' || new RegExp(ASKED ?? '').test(name));
      print(`${services.length} services run: ${services.join(' ')}`);
      print(
        `not active: ${(await machine.mustRunShell('systemctl --failed --no-legend --plain | cut -d" " -f1')).split('\n').join(' ')}`,
      );
      for (const service of services) {
        try {
          const seen = await effects.try(
            service,
            (path) => STATE_OF_SERVICES.test(path) || COMPILED.test(path),
          );
          rows.push(rowOf(service, seen));
        } catch (error) {
          rows.push(
            `NOT TRIED ${service}: ${error instanceof Error ? error.message.slice(0, 400) : String(error)}`,
          );
        }
        print(rows.at(-1) ?? '');
      }
      const agreeing = rows.filter((row) => row.startsWith('agree')).length;
      print(`\n${rows.join('\n')}\n${agreeing} of ${services.length} services agree\n`);
      expect(rows.filter((row) => row.startsWith('DISAGREE'))).toEqual([]);
      expect(services, `services that run and match ${ASKED}`).not.toEqual([]);
      expect(agreeing).toBeGreaterThanOrEqual(ASKED === 'all' ? WANTED : services.length);
    },
  );
});
