import type { Subject } from '../graph/subject.ts';
import { safe } from '../report/terminal/screen.ts';
import { refusedUnit } from '../service/refused-unit.ts';
import { showPlace } from '../text/place.ts';

/** Says on standard error why systemd refuses the unit as a whole: it runs nothing of what is traced. */
export function warnOfRefusedUnit({ service: { unit }, properties }: Subject): void {
  const refused = refusedUnit(unit, properties);
  if (refused === undefined) return;
  const where = refused.place === undefined ? unit.fragment.path : showPlace(refused.place);
  process.stderr.write(`warning: ${safe(where)}: ${safe(refused.reason)}\n`);
}
