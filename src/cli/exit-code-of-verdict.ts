import type { CheckReport } from '../documents/check-report.ts';
import { ExitCode } from './exit-code.ts';

export function exitCodeOfVerdict({ verdict }: CheckReport): ExitCode {
  switch (verdict) {
    case 'ready':
      return ExitCode.ok;
    case 'blocked':
      return ExitCode.no;
    case 'could-not-run':
      return ExitCode.couldNotRun;
  }
}
