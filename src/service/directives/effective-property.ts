import type { Assignment } from '../../formats/unit/parse-unit.ts';
import type { Host } from '../../host/host.ts';
import type { LoadedUnit } from '../load-unit.ts';
import { expandSpecifiers } from '../specifiers.ts';
import { ALL_PROPERTIES } from './all-properties.ts';
import {
  type Assigned,
  type Followed,
  isUnknown,
  type Property,
  type Unknown,
  type Values,
} from './property.ts';

/** A property of a service as systemd works it out from the unit's files. */
export interface EffectiveProperty {
  readonly property: Property;
  /** As `systemctl show` prints it; undefined where it leaves the property out. */
  readonly value: string | undefined;
  /** The lines that had a say, in the order systemd reads them. */
  readonly steps: readonly PropertyStep[];
  /** Why it has this value although no line sets it. */
  readonly rule: string | undefined;
  /** Why no file tells the value, where none does: it is a share of the machine's memory. */
  readonly unknown: string | undefined;
  /** The setting of the manager that says the value, where one does. */
  readonly setting?: string;
  /** A setting of the manager (system.conf) had a say, or would have had. */
  readonly isOfManager: boolean;
}

export interface PropertyStep {
  readonly line: Assignment;
  readonly assigned: Assigned;
}

/** The properties of a unit, each worked out when it is asked for. */
export class EffectiveProperties {
  readonly #host: Host;
  readonly #unit: Pick<LoadedUnit, 'name' | 'assignments'>;
  readonly #values: Values;
  readonly #known = new Map<string, EffectiveProperty>();
  readonly #written = new Map<string, string | undefined>();
  /** The manager was asked for what is being worked out. */
  #isOfManager = false;

  constructor(
    host: Host,
    unit: Pick<LoadedUnit, 'name' | 'assignments'>,
    manager: (setting: string) => string | undefined,
  ) {
    this.#host = host;
    this.#unit = unit;
    this.#values = {
      property: (name) => this.#other(name)?.value,
      written: (name) => {
        this.#other(name);
        return this.#written.get(name);
      },
      unitName: unit.name,
      isSet: (name) => this.#isSet(name),
      manager: (setting) => {
        this.#isOfManager = true;
        return manager(setting);
      },
    };
  }

  /** By the name that `systemctl show` has for it; undefined for one that is not modelled. */
  get(name: string): EffectiveProperty | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const property = BY_NAME.get(name);
    if (property === undefined) return undefined;
    const outer = this.#isOfManager;
    this.#isOfManager = false;
    const effective = { ...this.#workOut(property), isOfManager: this.#isOfManager };
    this.#isOfManager = outer;
    this.#known.set(name, effective);
    return effective;
  }

  /** A property that another one looks at. */
  #other(name: string): EffectiveProperty | undefined {
    const other = this.get(name);
    if (other?.isOfManager === true) this.#isOfManager = true;
    return other;
  }

  #workOut(property: Property): Omit<EffectiveProperty, 'isOfManager'> {
    const steps: PropertyStep[] = [];
    const initial = property.initial.kind === 'fixed' ? property.initial.value : undefined;
    let making = property.kind.begin(initial);
    let isSet = false;
    let untold: string[] = [];
    const take = (line: Assignment, assigned: Assigned): void => {
      steps.push({ line, assigned });
      if (assigned.operation === 'ignored') return;
      isSet = assigned.operation !== 'reset';
      if (!isSet) making = property.kind.begin(initial);
    };
    for (const line of this.#unit.assignments) {
      if (!isIn(line, property)) continue;
      const resets =
        line.value.length === 0 || property.resetByValue?.includes(line.value.toString()) === true;
      if (resets && property.resetBy?.includes(line.key) === true) take(line, { operation: 'reset' });
      if (!property.directives.includes(line.key)) continue;
      const { text, unknown, unresolved } = expandSpecifiers(this.#host, this.#unit.name, line.value);
      const assigned: Assigned =
        unknown[0] === undefined
          ? making.assign(text.toString())
          : { operation: 'ignored', reason: `${unknown[0]} is no specifier (a percent sign is %%)` };
      take(line, assigned);
      if (assigned.operation === 'append') untold.push(...unresolved);
      else if (assigned.operation !== 'ignored') untold = [...unresolved];
    }
    const [first] = untold;
    const shown =
      first === undefined
        ? making.shown()
        : { unknown: `specifier ${first} is known to the running system alone` };
    const own = isSet ? writtenValue(shown) : this.#initial(property);
    this.#written.set(property.name, own.value);
    const overruled = property.overruled?.(own.value, this.#values);
    return { property, steps, unknown: undefined, ...(overruled ?? own) };
  }

  #initial({ initial }: Property): Followed {
    if (initial.kind === 'fixed') return { value: initial.value, rule: "systemd's own default" };
    return initial.from(this.#values);
  }

  #isSet(name: string): boolean {
    const property = this.get(name);
    if (property === undefined)
      return this.#unit.assignments.some(({ key, value }) => key === name && value.length > 0);
    return property.steps.some(
      ({ assigned }) => assigned.operation === 'set' || assigned.operation === 'append',
    );
  }
}

function writtenValue(
  shown: string | Unknown | undefined,
): Pick<EffectiveProperty, 'value' | 'rule' | 'unknown'> {
  return isUnknown(shown)
    ? { value: undefined, rule: undefined, unknown: shown.unknown }
    : { value: shown, rule: undefined, unknown: undefined };
}

const BY_NAME: ReadonlyMap<string, Property> = new Map(
  ALL_PROPERTIES.map((property) => [property.name, property]),
);

function isIn({ section, key }: Assignment, property: Property): boolean {
  return (
    section === property.section ||
    (section === 'Service' && property.formerlyInService?.includes(key) === true)
  );
}
