import type { Host } from '../../host/host.ts';
import type { SystemdSays } from '../../host/systemd-says.ts';
import type { Assignment } from '../../formats/unit/parse-unit.ts';
import type { EffectiveProperties } from '../../service/directives/effective-property.ts';
import type { ServiceEnvironment } from '../../service/environment.ts';
import type { LoadedUnit } from '../../service/load-unit.ts';
import type { RefusedUnit } from '../../service/refused-unit.ts';

/** A service about which it is asked why a line has no effect. */
export interface Question {
  readonly host: Host;
  readonly unit: LoadedUnit;
  readonly environment: ServiceEnvironment;
  readonly properties: EffectiveProperties;
  /** As they would be without a line of the unit. */
  readonly without: (line: Assignment) => EffectiveProperties;
  /** Why systemd does not start the service whatever a line says. */
  readonly refused: RefusedUnit | undefined;
  /** What the running systemd says, where the host is live and it answers. */
  readonly says: SystemdSays | undefined;
}
