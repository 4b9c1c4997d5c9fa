import { expect, test } from 'vitest';
import { rootWith } from '../../../test/root-with.ts';
import { Subject } from '../subject.ts';
import { relatedUnitsPart } from './related-units.ts';

const UNIT = '/etc/systemd/system/lamp@.service';

test('each unit by the directive that names it; what starts it is told from what only orders or stops', () => {
  const host = rootWith({
    [UNIT]: `[Unit]
Wants=oil.service "wick@%i.service"
After=oil.service
Conflicts=moon.service
PartOf=harbour.target
JoinsNamespaceOf=tower.service
PropagatesReloadTo=shade.service
OnFailure=alarm@%n.service
Upholds=horn.service
[Service]
ExecStart=/bin/true
Slice=first.slice
Slice=lights.slice
[Install]
WantedBy=multi-user.target coast.target
Also=lamp.socket
`,
    '/etc/systemd/system/multi-user.target.wants/lamp@east.service': `-> ${UNIT}`,
    '/etc/systemd/system/lamp@east.service.requires/keeper.service': '-> ../keeper.service',
    '/etc/systemd/system/lamp@east.service.wants/ghost.service': '-> /dev/null',
  });
  const { edges } = relatedUnitsPart(new Subject(host, 'lamp@east', { knowledge: [] }));
  const at = (line: number) => ({ file: UNIT, line, column: 1 });
  expect(edges.map(({ kind, label, to, evidence }) => [kind, label, to, evidence])).toEqual([
    ['pulls-in', 'Wants', 'unit:oil.service', at(2)],
    ['pulls-in', 'Wants', 'unit:wick@east.service', at(2)],
    ['relates-to', 'After', 'unit:oil.service', at(3)],
    ['relates-to', 'Conflicts', 'unit:moon.service', at(4)],
    ['relates-to', 'PartOf', 'unit:harbour.target', at(5)],
    ['relates-to', 'JoinsNamespaceOf', 'unit:tower.service', at(6)],
    ['relates-to', 'PropagatesReloadTo', 'unit:shade.service', at(7)],
    ['pulls-in', 'OnFailure', 'unit:alarm@lamp@east.service.service', at(8)],
    ['pulls-in', 'Upholds', 'unit:horn.service', at(9)],
    ['pulls-in', 'Slice', 'unit:lights.slice', at(13)],
    ['relates-to', 'WantedBy', 'unit:multi-user.target', at(15)],
    ['relates-to', 'WantedBy, not enabled:', 'unit:coast.target', at(15)],
    ['relates-to', 'Also', 'unit:lamp.socket', at(16)],
    [
      'pulls-in',
      'Requires',
      'unit:keeper.service',
      { how: 'by the link /etc/systemd/system/lamp@east.service.requires/keeper.service' },
    ],
  ]);
});
