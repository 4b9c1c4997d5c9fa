import { expect, test } from 'vitest';
import { rootWith } from '../../test/root-with.ts';
import { liveHost } from '../host/rooted-host.ts';
import { TracedText } from '../text/traced-text.ts';
import { expandSpecifiers } from './specifiers.ts';

const UNIT = '/etc/systemd/system/lamp@.service';

function expand(host: Parameters<typeof expandSpecifiers>[0], text: string): string {
  return expandSpecifiers(
    host,
    'lamp@a.service',
    TracedText.from(text, { kind: 'derived', rule: 'a test' }),
  ).text.toString();
}

// As a systemd 252.39 put them in.
test('where the unit file is, and its credentials, no running system is needed for', () => {
  const host = rootWith({ [UNIT]: '[Service]\n', '/etc/machine-info': 'PRETTY_HOSTNAME="The Lamp"\n' });
  expect(expand(host, '%y %Y %d %q')).toBe(
    `${UNIT} /etc/systemd/system /run/credentials/lamp@a.service The Lamp`,
  );
});

test('of a linked unit the file that it leads to', () => {
  const host = rootWith({ '/opt/x/lamp@.service': '[Service]\n', [UNIT]: '-> /opt/x/lamp@.service' });
  expect(expand(host, '%y %Y')).toBe('/opt/x/lamp@.service /opt/x');
});

test('what the kernel knows is known of a live machine alone', () => {
  expect(expand(rootWith({ [UNIT]: '[Service]\n' }), '%b %v %a')).toBe('%b %v %a');
  const [boot, release] = ['random/boot_id', 'osrelease'].map((name) =>
    new TextDecoder().decode(liveHost().readFile(`/proc/sys/kernel/${name}`)).trim(),
  );
  expect(expand(liveHost(), '%b %v')).toBe(`${boot?.replaceAll('-', '')} ${release}`);
});
