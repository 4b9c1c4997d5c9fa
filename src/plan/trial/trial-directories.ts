import type { Host } from '../../host/host.ts';
import { EffectiveProperties } from '../../service/directives/effective-property.ts';
import type { Service } from '../../service/service.ts';
import { SYSTEMD_DIRECTORIES } from '../../service/systemd-directories.ts';
import type { StepOfKind } from '../step-duties.ts';

type TrialDirectory = StepOfKind<'trial-start'>['directories'][number];

/**
 * The directories that systemd makes for a service, outside which it would make them for a trial too: there they are
 * the service's own, changed in their owner and removed when the trial ends. Source: systemd.exec(5), RuntimeDirectory=.
 */
export function trialDirectories(host: Host, { unit }: Service): TrialDirectory[] {
  const properties = new EffectiveProperties(host, unit, () => undefined);
  const value = (name: string): string => properties.get(name)?.value ?? '';
  const isDynamic = value('DynamicUser') === 'yes';
  const user = isDynamic || value('User') === '' ? 'root' : value('User');
  const group = isDynamic ? 'root' : value('Group');
  return Object.entries(SYSTEMD_DIRECTORIES).flatMap(([directive, base]) => {
    const mode = isDynamic ? 0o777 : Number.parseInt(value(`${directive}Mode`) || '0755', 8);
    const owned = directive !== 'ConfigurationDirectory';
    return namesIn(value(directive)).map((name) => ({
      path: `${base}/${name}`,
      mode,
      user: owned ? user : 'root',
      group: owned ? group : '',
    }));
  });
}

/** As `systemctl show` prints them: apart by blanks, each perhaps with the links to it behind a colon. */
function namesIn(value: string): string[] {
  return value
    .split(' ')
    .map((word) => word.split(':')[0] ?? '')
    .filter((name) => name !== '');
}
