import type { Assignment } from '../formats/unit/parse-unit.ts';
import type { Subject } from '../graph/subject.ts';
import { isDependency } from '../service/dependency-directives.ts';
import { propertyCalled } from '../service/directives/all-properties.ts';
import type { EffectiveProperty } from '../service/directives/effective-property.ts';
import type { DirectiveLines } from '../service/overrides-of-directive.ts';
import { isListDirective } from './list-directives.ts';
import { stepsInForce } from './property-layers.ts';

/** A directive of a unit: what its lines are, and which of them make the value. */
export interface DirectiveInUnit extends DirectiveLines {
  readonly inForce: readonly Assignment[];
  /** What systemd makes of it; undefined for a directive that is not modelled. */
  readonly effective: EffectiveProperty | undefined;
}

/** `asked`: the name in unit files (TimeoutStartSec, TimeoutSec) or in `systemctl show` (TimeoutStartUSec). */
export function directiveInUnit(subject: Subject, asked: string): DirectiveInUnit {
  const property = propertyCalled(asked);
  const effective = property === undefined ? undefined : subject.properties.get(property.name);
  return effective === undefined
    ? asWritten(subject.service.unit.assignments, asked)
    : asWorkedOut(withoutGuess(effective, subject), asked);
}

function asWritten(assignments: readonly Assignment[], name: string): DirectiveInUnit {
  const lines = assignments.filter(({ key }) => key === name);
  const isEmpty = ({ value }: Assignment): boolean => value.length === 0;
  const directive = { name, lines, effective: undefined };
  if (isDependency(name)) {
    return { ...directive, kind: 'dependency', resets: [], inForce: lines.filter((line) => !isEmpty(line)) };
  }
  const resets = lines.filter(isEmpty);
  return isListDirective(name)
    ? { ...directive, kind: 'list', resets, inForce: lines.slice(lines.findLastIndex(isEmpty) + 1) }
    : { ...directive, kind: 'single', resets, inForce: lines.slice(-1) };
}

function asWorkedOut(effective: EffectiveProperty, asked: string): DirectiveInUnit {
  const { directives, kind } = effective.property;
  const taken = effective.steps.filter(({ assigned }) => assigned.operation !== 'ignored');
  const resets = taken.filter(
    ({ assigned }) =>
      assigned.operation === 'reset' || (assigned.operation === 'set' && assigned.discards === true),
  );
  return {
    name: directives.includes(asked) ? asked : (directives[0] ?? asked),
    kind: kind.accumulates ? 'list' : 'single',
    lines: taken.map(({ line }) => line),
    resets: resets.map(({ line }) => line),
    inForce: stepsInForce(effective).map(({ line }) => line),
    effective,
  };
}

/** A default that a file might change which could not be read is not known. */
function withoutGuess(effective: EffectiveProperty, { manager }: Subject): EffectiveProperty {
  const { isOfManager, rule } = effective;
  if (!isOfManager || rule === undefined || manager.notRead.length === 0) return effective;
  return {
    ...effective,
    value: undefined,
    rule: `${rule}, unless a file that could not be read says otherwise`,
    unknown: 'a file that could not be read may say it',
  };
}
