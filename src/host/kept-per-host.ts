import type { Host } from './host.ts';
import { RememberingHost } from './remembering-host.ts';

/**
 * What is worked out from the files of a host, and asked for again. It is kept with a host that remembers, which sees
 * no change by contract. Any other may have changed between two questions: it is worked out each time.
 */
export class KeptPerHost<T> {
  readonly #kept: WeakMap<Host, { readonly value: T }> = new WeakMap();

  of(host: Host, workOut: () => T): T {
    if (!(host instanceof RememberingHost)) return workOut();
    const known = this.#kept.get(host) ?? { value: workOut() };
    this.#kept.set(host, known);
    return known.value;
  }
}
