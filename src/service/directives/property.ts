/** A property of a service as `systemctl show` names it, and the directives of unit files that set it. */
export interface Property {
  /** The name in `systemctl show`: TimeoutStartUSec. */
  readonly name: string;
  readonly section: 'Unit' | 'Service';
  /** The names in unit files, today's first: TimeoutStartSec, TimeoutSec. */
  readonly directives: readonly string[];
  readonly kind: PropertyKind;
  /** Directives that old units have in [Service], where they still count. */
  readonly formerlyInService?: readonly string[];
  /** Other directives whose empty assignment resets this one too. */
  readonly resetBy?: readonly string[];
  readonly initial: Initial;
  /** What another property makes of the value in the end, whatever the lines say. */
  readonly overruled?: (value: string | undefined, values: Values) => Followed | undefined;
}

/** What holds when no line sets it: a fixed value of systemd 252, or one that follows from something else. */
export type Initial =
  | { readonly kind: 'fixed'; readonly value: string | undefined }
  | { readonly kind: 'follows'; readonly from: (values: Values) => Followed };

export interface Followed {
  readonly value: string | undefined;
  /** For people: "Type=oneshot has no time-out". */
  readonly rule: string;
}

/** The other properties of the service, as they come out, and the manager's own settings. */
export interface Values {
  /** The value of another property; undefined when `systemctl show` leaves it out. */
  readonly property: (name: string) => string | undefined;
  /** Whether a line of the unit that counts sets it. */
  readonly isSet: (name: string) => boolean;
  /** A setting of the section [Manager] of system.conf, as written there. */
  readonly manager: (name: string) => string | undefined;
}

/**
 * How a line changes a value. Values are what `systemctl show` prints, undefined where it leaves the property
 * out; `text` has its specifiers put in.
 */
export interface PropertyKind {
  assign(before: string | undefined, text: string): Assigned;
}

export type Assigned =
  | { readonly operation: 'set' | 'append'; readonly value: string | undefined }
  /** Back to what holds without any line. */
  | { readonly operation: 'reset' }
  /** systemd warns, and what was before stays. */
  | { readonly operation: 'ignored'; readonly reason: string };
