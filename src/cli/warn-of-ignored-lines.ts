import { safe } from '../report/terminal/screen.ts';
import type { LoadedUnit } from '../service/load-unit.ts';
import { showPlace } from '../text/place.ts';

/** Says on standard error which lines of a unit systemd ignores: whoever wrote them meant something. */
export function warnOfIgnoredLines(unit: LoadedUnit): void {
  for (const { place, message } of unit.problems) {
    process.stderr.write(`warning: ${safe(showPlace(place))}: ${safe(message)}\n`);
  }
}
