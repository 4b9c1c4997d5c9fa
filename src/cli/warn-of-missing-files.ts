import type { Subject } from '../graph/subject.ts';
import { safe } from '../report/terminal/screen.ts';
import { isMissing } from '../service/environment-layer.ts';
import { notAFile } from '../service/not-a-file.ts';
import { showPlace } from '../text/place.ts';

/** Says on standard error which environment files keep systemd from starting the service as it is. */
export function warnOfMissingFiles({ host, service }: Subject): void {
  for (const layer of service.environment.layers) {
    if (layer.kind !== 'file' || !isMissing(layer)) continue;
    const reason = notAFile(host, layer.path) ?? 'does not exist';
    process.stderr.write(
      `warning: ${safe(showPlace(layer.directive.place))}: ${safe(layer.path)} ${safe(reason)}: systemd refuses to start ${service.name}\n`,
    );
  }
}
