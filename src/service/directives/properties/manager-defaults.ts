import type { Followed, Values } from '../property.ts';
import { parseTimeSpan, showTimeSpan } from '../kinds/time-span.ts';

/** A default that the manager's configuration may say (system.conf, [Manager]). */
export function managerSpan(
  setting: string,
  otherwise: string,
): { readonly kind: 'follows'; readonly from: (values: Values) => Followed } {
  return {
    kind: 'follows',
    from: ({ manager }) => {
      const span = parseTimeSpan(manager(setting) ?? '');
      return span === undefined
        ? { value: otherwise, rule: `systemd's own default` }
        : { value: showTimeSpan(span), rule: `${setting}= of system.conf` };
    },
  };
}
