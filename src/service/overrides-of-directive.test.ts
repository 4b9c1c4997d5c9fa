import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { type DirectiveKind, overridesOfDirective } from './overrides-of-directive.ts';
import { loadService } from './service.ts';

const ETC = '/etc/systemd/system';
const LIB = '/usr/lib/systemd/system/lighthouse.service';
const DROP_IN = `${ETC}/lighthouse.service.d/90-cutover.conf`;
const EDITED = `${ETC}/lighthouse.service.d/override.conf`;

function places(key: string, kind: DirectiveKind, files: Record<string, string>): Record<string, unknown> {
  const service = loadService(rootWith(files), 'lighthouse');
  const note = { owner: 'lamp', survives: false, purpose: 'replaced when the package is upgraded' };
  const lines = service.unit.assignments.filter((line) => line.key === key);
  const resets = lines.filter(({ value }) => value.length === 0);
  const directive = { name: key, kind, lines, resets };
  const found = overridesOfDirective(service, directive, (path) => (path === LIB ? note : undefined));
  return {
    overrides: found.overrides.map(({ file, why }) => [file, why]),
    futile: found.futileOverrides.map(({ file, why }) => [file, why]),
  };
}

const unit =
  '[Unit]\nAfter=sea.target\n[Service]\nRestart=no\nExecStart=/usr/lamp\n[Install]\nWantedBy=a.target\n';
const OF_PACKAGE = [LIB, 'belongs to lamp, replaced when the package is upgraded'];

test('a directive with one value', () => {
  expect(places('Restart', 'single', { [LIB]: unit })).toEqual({
    overrides: [[DROP_IN, 'a drop-in is read after the unit file; the last line counts']],
    futile: [OF_PACKAGE],
  });
});

test('a later drop-in has the last word: there, unless it does not last', () => {
  const late = `${ETC}/lighthouse.service.d/zz.conf`;
  const line = '[Service]\n# often\nRestart=always\n';
  expect(places('Restart', 'single', { [LIB]: unit, [late]: line })).toEqual({
    overrides: [
      [
        late,
        'line 3 of it has the last word; a drop-in must have a name that sorts after zz.conf to beat it',
      ],
    ],
    futile: [[EDITED, `read before ${late}:3, which sets it too`], OF_PACKAGE],
  });
  const run = '/run/systemd/system/lighthouse.service.d/zz.conf';
  expect(places('Restart', 'single', { [LIB]: unit, [run]: line })).toEqual({
    overrides: [[late, `hides ${run}, which has the last word`]],
    futile: [
      [run, 'counts today, but /run is empty after every boot'],
      [EDITED, `read before ${run}:3, which sets it too`],
      OF_PACKAGE,
    ],
  });
});

test('a list, and one for which the unit must be enabled again', () => {
  const late = `${ETC}/lighthouse.service.d/zz.conf`;
  expect(
    places('ExecStart', 'list', { [LIB]: unit, [late]: '[Service]\nExecStart=\nExecStart=/l\n' }),
  ).toEqual({
    overrides: [
      [
        late,
        'line 2 of it has the last word; a drop-in must have a name that sorts after zz.conf to beat it',
      ],
    ],
    futile: [[EDITED, `read before ${late}:2, which resets it`], OF_PACKAGE],
  });
  expect(places('WantedBy', 'list', { [LIB]: unit })['overrides']).toEqual([
    [
      DROP_IN,
      'a drop-in adds to it; write WantedBy= first to drop what is there; it takes effect with systemctl reenable lighthouse.service',
    ],
  ]);
});

test('a dependency can be added in a drop-in and taken away in a copy of the unit', () => {
  const copy = `${ETC}/lighthouse.service`;
  expect(places('After', 'dependency', { [LIB]: unit })['overrides']).toEqual([
    [DROP_IN, 'a drop-in adds to it; what is there can not be taken away by one'],
    [
      copy,
      `a copy of ${LIB}, which it hides: the only way to take something of After= away; it does not follow when the original is upgraded`,
    ],
  ]);
  expect(places('After', 'dependency', { [copy]: unit })).toEqual({
    overrides: [
      [DROP_IN, 'a drop-in adds to it; what is there can not be taken away by one'],
      [copy, 'the unit file itself: the only place where something of After= can be taken away'],
    ],
    futile: [],
  });
});
