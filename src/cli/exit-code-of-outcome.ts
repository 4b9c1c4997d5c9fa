import type { Outcome } from '../documents/outcome.ts';
import { ExitCode } from './exit-code.ts';

/** A change that had to come back is a no; a rollback that came back is what was asked for. */
export function exitCodeOf(outcome: Outcome): ExitCode {
  switch (outcome.state) {
    case 'committed':
    case 'awaiting-confirmation':
      return ExitCode.ok;
    case 'rolled-back':
      return outcome.direction === 'rollback' ? ExitCode.ok : ExitCode.no;
    case 'needs-operator':
      return ExitCode.needsOperator;
  }
}
