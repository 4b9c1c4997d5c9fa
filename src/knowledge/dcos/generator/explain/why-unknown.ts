import type { Argument } from '../arguments/argument.ts';

/** Why the sources don't tell the value of an argument, for people. */
export function whyUnknown(argument: Argument): string {
  switch (argument.kind) {
    case 'unknown':
      return argument.reason;
    case 'error':
      return `the generator would have stopped: ${argument.message}`;
    case 'unset':
      return 'nothing sets it: the generator would have asked for it';
    case 'skipped':
      return `it depends on ${argument.because}, which has no value`;
    case 'value':
      return argument.isLate === true
        ? 'it is told when the cluster is launched'
        : "the operator's config may have set it";
  }
}
