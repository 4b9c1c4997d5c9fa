// What a plan says of other units and files is what is seen: a part of `npm run test:effects`.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchedLayer } from '../../hosts/fetched-layer.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { dependentsOf, startOf } from '../effects/dependents.ts';
import { EffectsMachine } from '../effects/effects-machine.ts';
import { disagreements, rowOf } from '../effects/seen-row.ts';

const layer = fetchedLayer();
const HARBOUR = dependentsOf('harbour.service', 'harbour');
const HARBOUR_AND_SOCKETS = {
  ...HARBOUR.units,
  'harbour.service': '[Unit]\nWants=harbour-pilot.service\n[Service]\nExecStart=/bin/sleep infinity\n',
  'harbour-pilot.service': '[Service]\nType=oneshot\nExecStart=/bin/true\n',
  'harbour.socket': '[Socket]\nListenStream=4545\n',
  'harbour-toll.service': '[Unit]\nRequires=harbour.socket\n[Service]\nExecStart=/bin/sleep infinity\n',
  'harbour-idle.path': '[Path]\nPathExists=/run/harbour/none\n',
};
const REDIS = `useradd --system --no-create-home --home-dir /var/lib/redis redis
  install -d -o redis -g redis /var/lib/redis /var/log/redis; chown -R redis:redis /etc/redis; ldconfig`;

describeOnMachine('what a plan predicts', () => {
  let effects: EffectsMachine;
  beforeAll(async () => {
    effects = await EffectsMachine.boot('effects', {
      layers: layer === undefined ? [] : [layer],
      prepare: REDIS,
      directories: ['/etc', '/usr/lib/systemd', '/var/lib'],
    });
    await effects.units(HARBOUR_AND_SOCKETS);
    await effects.machine.mustRunShell(
      `systemctl start harbour.socket harbour harbour-toll harbour-idle.path; ${startOf(HARBOUR, 'harbour')}; mkdir -p /var/lib/harbour`,
    );
  }, 120_000);
  afterAll(async () => {
    await effects?.machine.throwAway();
  });

  const seenOf = async (service: string, own: RegExp, state: readonly string[] = []) => {
    const seen = await effects.try(service, (path) => own.test(path), state);
    process.stderr.write(`${rowOf(service, seen)}\n`);
    return seen;
  };

  test('of a restart is what is seen', async () => {
    const seen = await seenOf('harbour.service', /^$/);
    expect(disagreements(seen)).toEqual([]);
    expect(seen.way).toBe('restart');
    expect(seen.predicted.length).toBeGreaterThanOrEqual(14);
  });

  test('of a stop and a start with work between them is what is seen', async () => {
    await effects.machine.mustRunShell('systemctl stop harbour-late; systemctl start harbour-early');
    const seen = await seenOf('harbour.service', /^$/, ['/var/lib/harbour']);
    expect(disagreements(seen)).toEqual([]);
    expect(seen.way).toBe('stop-and-start');
    expect(seen.predicted).toContain('harbour-toll.service restarts');
  });

  test.skipIf(layer === undefined)('of redis, with what depends on it, is what is seen', async () => {
    const shop = dependentsOf('redis-server.service', 'shop');
    await effects.units(shop.units);
    await effects.machine.mustRunShell(`systemctl start redis-server; ${startOf(shop, 'shop')}`);
    expect(disagreements(await seenOf('redis-server.service', /^\/var\/lib\/redis\//))).toEqual([]);
  });
});
