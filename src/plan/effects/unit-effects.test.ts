import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { unitDependencies } from '../../service/relations/unit-dependencies.ts';
import { unitEffects, type Way } from './unit-effects.ts';

const UNITS = '/etc/systemd/system';
const SERVICE = '[Service]\nExecStart=/usr/bin/lamp\n';
const needs = (lines: string) => `[Unit]\n${lines}\n${SERVICE}`;

/** The units of a harbour: `lamp.service` is changed. Those of `asleep` do not run. */
function effects(
  units: Readonly<Record<string, string>>,
  { way = 'restart', asleep = [], skipped = [], restartStops = false }: Options = {},
): string[] {
  const host = rootWith(
    Object.fromEntries(
      Object.entries({ 'lamp.service': SERVICE, ...units }).map(([name, text]) => [`${UNITS}/${name}`, text]),
    ),
  );
  const now = {
    runs: (unit: string) => !asleep.includes(unit),
    wasSkipped: (unit: string) => skipped.includes(unit),
  };
  const dependencies = unitDependencies(host, Object.keys(units));
  return unitEffects({ dependencies, service: 'lamp.service', way, now, restartStops }).map(
    ({ unit, does, by, relation }) => `${unit} ${does} by ${by} ${relation}`,
  );
}

interface Options {
  readonly way?: Way;
  readonly asleep?: readonly string[];
  readonly skipped?: readonly string[];
  readonly restartStops?: boolean;
}

test('a restart goes on to those that need the service, and to theirs, but through none that does not run', () => {
  const units = {
    'keeper.service': needs('Requires=lamp.service'),
    'log.service': needs('PartOf=keeper.service'),
    'foghorn.service': needs('BindsTo=lamp.service'),
    'chart.service': needs('Requisite=lamp.service'),
    'boat.service': needs('PartOf=lamp.service'),
    'oar.service': needs('Requires=boat.service'),
    'gull.service': needs('Wants=lamp.service\nAfter=lamp.service'),
  };
  expect(effects(units, { asleep: ['boat.service'] })).toEqual([
    'chart.service restarts by lamp.service Requisite',
    'foghorn.service restarts by lamp.service BindsTo',
    'keeper.service restarts by lamp.service Requires',
    'log.service restarts by keeper.service PartOf',
  ]);
});

test('units that stop with it restart with it since systemd 253', () => {
  const units = {
    'mirror.service': needs('StopPropagatedFrom=lamp.service'),
    'lamp.service': needs('PropagatesStopTo=shutter.service'),
    'shutter.service': SERVICE,
  };
  expect(effects(units)).toEqual([]);
  const both = [
    'shutter.service restarts by lamp.service PropagatesStopTo',
    'mirror.service restarts by lamp.service StopPropagatedFrom',
  ];
  expect(effects(units, { restartStops: true }).sort()).toEqual([...both].sort());
  expect(effects(units, { way: 'stop-and-start' }).sort()).toEqual([...both].sort());
});

test('links, aliases, instances and specifiers', () => {
  const units = {
    'lantern.service': '-> lamp.service',
    'harbour.target': '[Unit]\n',
    'harbour.target.requires/lantern.service': '-> ../lamp.service',
    'beam@.service': needs('BindsTo=lamp.service\nPartOf=%i.service'),
    'harbour.target.wants/beam@east.service': '-> ../beam@.service',
    'east.service': SERVICE,
    'pier-.service.requires/lamp.service': '-> ../lamp.service',
    'pier-north.service': SERVICE,
  };
  expect(effects(units).sort()).toEqual([
    'beam@east.service restarts by lamp.service BindsTo',
    'harbour.target restarts by lamp.service Requires',
    'pier-north.service restarts by lamp.service Requires',
  ]);
});

test('what is restarted starts what it needs and does not run', () => {
  const units = {
    'lamp.service': needs('Wants=wick.service oil.service\nOnSuccess=note.service'),
    'wick.service': needs('Requires=match.service'),
    'match.service': SERVICE,
    'oil.service': needs('Wants=well.service'),
    'well.service': SERVICE,
    'note.service': SERVICE,
    'harbour.target': '[Unit]\nRequires=lamp.service\nWants=flag.service pennant.service\n',
    'flag.service': needs('Conflicts=storm.service'),
    'pennant.service': SERVICE,
    'storm.service': SERVICE,
  };
  const asleep = [
    'wick.service',
    'match.service',
    'well.service',
    'note.service',
    'flag.service',
    'pennant.service',
  ];
  expect(effects(units, { asleep, skipped: ['pennant.service'] })).toEqual([
    'harbour.target restarts by lamp.service Requires',
    'wick.service starts by lamp.service Wants',
    'flag.service starts by harbour.target Wants',
    'match.service starts by wick.service Requires',
    'note.service starts by lamp.service OnSuccess',
    'storm.service stops by flag.service Conflicts',
  ]);
});

test('between a stop and a start the sockets and paths are down too, what depends on them, and what nobody needs', () => {
  const units = {
    'lamp.socket': '[Socket]\nListenStream=4141\n',
    'signal.service': needs('Requires=lamp.socket'),
    'keeper.service': needs('Requires=lamp.service\nWants=lunch.service'),
    'keeper.path': '[Path]\nPathExists=/run/ship\n',
    'asleep.service': needs('Requires=lamp.service'),
    'asleep.socket': '[Socket]\nListenStream=4142\n',
    'lunch.service': needs('StopWhenUnneeded=yes'),
    'boat.service': '[Unit]\nStopWhenUnneeded=yes\nDescription=Somebody else needs it\n' + SERVICE,
    'sailor.service': needs('Requires=boat.service'),
  };
  const asleep = ['asleep.service'];
  expect(effects(units, { asleep })).toEqual(['keeper.service restarts by lamp.service Requires']);
  expect(effects(units, { asleep, way: 'stop-and-start' }).sort()).toEqual([
    'asleep.socket restarts by asleep.service Service',
    'keeper.path restarts by keeper.service Unit',
    'keeper.service restarts by lamp.service Requires',
    'lamp.socket restarts by lamp.service Service',
    'lunch.service restarts by keeper.service StopWhenUnneeded',
    'signal.service restarts by lamp.socket Requires',
  ]);
});

test('a circle of units ends', () => {
  expect(
    effects({ 'lamp.service': needs('PartOf=tide.service'), 'tide.service': needs('Requires=lamp.service') }),
  ).toEqual(['tide.service restarts by lamp.service Requires']);
});
