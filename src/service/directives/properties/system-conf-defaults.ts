import { type Initial, isUnknown, type PropertyKind, type Unknown } from '../property.ts';
import { parseTimeSpan, showTimeSpan } from '../kinds/time-span.ts';

/** A default that the manager's configuration may say (system.conf, [Manager]). */
export function managerSpan(setting: string, otherwise: string): Extract<Initial, { kind: 'follows' }> {
  return {
    kind: 'follows',
    from: ({ manager }) => {
      const span = parseTimeSpan(manager(setting) ?? '');
      return span === undefined
        ? { value: otherwise, rule: `systemd's own default` }
        : { value: showTimeSpan(span), rule: `${setting}= of the manager`, setting };
    },
  };
}

/** Likewise for a value of any kind. */
export function managerValue(
  setting: string,
  kind: PropertyKind,
  otherwise: string | Unknown | undefined,
): Extract<Initial, { kind: 'follows' }> {
  return {
    kind: 'follows',
    from: ({ manager }) => {
      const said = manager(setting);
      const making = kind.begin(undefined);
      if (said === undefined || making.assign(said).operation !== 'set') {
        if (isUnknown(otherwise)) return { value: undefined, rule: otherwise.unknown, ...otherwise };
        return { value: otherwise, rule: `systemd's own default` };
      }
      const value = making.shown();
      const rule = `${setting}= of the manager`;
      return isUnknown(value)
        ? { value: undefined, rule: `${rule}: ${value.unknown}`, setting, ...value }
        : { value, rule, setting };
    },
  };
}
