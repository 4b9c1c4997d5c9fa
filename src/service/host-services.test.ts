import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { hostServices } from './host-services.ts';

const UNITS = '/usr/lib/systemd/system';

test('services, and the instances that something on disk names; templates without one apart', () => {
  const host = rootWith({
    [`${UNITS}/lamp.service`]: '[Service]\nExecStart=/bin/lamp\n',
    [`${UNITS}/lamp.timer`]: '[Timer]\n',
    [`${UNITS}/horn@.service`]: '[Service]\nExecStart=/bin/horn %i\n',
    [`${UNITS}/bell@.service`]: '[Service]\nExecStart=/bin/bell %i\n',
    [`${UNITS}/flag@.service`]: '[Service]\nExecStart=/bin/flag %i\n',
    '/etc/systemd/system/multi-user.target.wants/horn@north.service': `-> ${UNITS}/horn@.service`,
    '/etc/systemd/system/bell@south.service.d/loud.conf': '[Service]\nNice=1\n',
    '/etc/systemd/system/multi-user.target.wants/gone@x.service': '-> /nowhere',
  });
  expect(hostServices(host)).toEqual({
    names: ['bell@south.service', 'horn@north.service', 'lamp.service'],
    templates: ['flag@.service'],
  });
});
