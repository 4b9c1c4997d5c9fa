import type { Evidence } from '../../documents/place.ts';
import { safe } from './screen.ts';

/** Where something is written, to the line, or in words how it was found. */
export function evidenceText(evidence: Evidence): string {
  return 'how' in evidence ? safe(evidence.how) : `${safe(evidence.file)}:${evidence.line}`;
}
