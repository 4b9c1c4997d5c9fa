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
  /** Values of those directives that do so, too. */
  readonly resetByValue?: readonly string[];
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
  /** Why no file tells the value, where none does. */
  readonly unknown?: string;
  /** The setting of the manager that says it. */
  readonly setting?: string;
}

/** The other properties of the service, as they come out, and the manager's own settings. */
export interface Values {
  /** The value of another property; undefined when `systemctl show` leaves it out. */
  readonly property: (name: string) => string | undefined;
  /** Likewise, before another property overrules it. */
  readonly written: (name: string) => string | undefined;
  readonly unitName: string;
  /** Whether a line of the unit that counts sets it. */
  readonly isSet: (name: string) => boolean;
  /** A setting of the section [Manager] of system.conf, as written there. */
  readonly manager: (name: string) => string | undefined;
}

/** How the lines of a property make its value. */
export interface PropertyKind {
  /** Lines add to what stands there (a list, a set); else the last one that systemd takes decides. */
  readonly accumulates: boolean;
  /** `initial`: the value before any line, as `systemctl show` prints it. */
  begin(initial: string | undefined): ValueInMaking;
}

/** A value while systemd reads line after line. What it holds between them is its kind's own. */
export interface ValueInMaking {
  /** Takes the next line; `text` has its specifiers put in. After a `reset` it is of no more use. */
  assign(text: string): Assigned;
  /** As `systemctl show` prints it, undefined where it leaves the property out. */
  shown(): string | Unknown | undefined;
}

/** A value that no file tells, and why, for people. */
export interface Unknown {
  readonly unknown: string;
}

export function isUnknown(value: string | Unknown | undefined): value is Unknown {
  return typeof value === 'object';
}

/** What a line does to a value. */
export type Assigned =
  | {
      readonly operation: 'set' | 'append';
      /** Of a kind that accumulates: whatever stood before is gone. */
      readonly discards?: true;
    }
  /** Back to what holds without any line. */
  | { readonly operation: 'reset' }
  /** systemd warns, and what was before stays. */
  | { readonly operation: 'ignored'; readonly reason: string };
