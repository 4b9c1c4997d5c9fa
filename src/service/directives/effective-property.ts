import type { Assignment } from '../../formats/unit/parse-unit.ts';
import type { Host } from '../../host/host.ts';
import type { LoadedUnit } from '../load-unit.ts';
import { expandSpecifiers } from '../specifiers.ts';
import { ALL_PROPERTIES } from './all-properties.ts';
import type { Assigned, Property, Values } from './property.ts';

/** A property of a service as systemd works it out from the unit's files. */
export interface EffectiveProperty {
  readonly property: Property;
  /** As `systemctl show` prints it; undefined where it leaves the property out. */
  readonly value: string | undefined;
  /** The lines that had a say, in the order systemd reads them. */
  readonly steps: readonly PropertyStep[];
  /** Why it has this value although no line sets it. */
  readonly rule: string | undefined;
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

  constructor(
    host: Host,
    unit: Pick<LoadedUnit, 'name' | 'assignments'>,
    manager: (setting: string) => string | undefined,
  ) {
    this.#host = host;
    this.#unit = unit;
    this.#values = {
      property: (name) => this.get(name)?.value,
      written: (name) => {
        this.get(name);
        return this.#written.get(name);
      },
      unitName: unit.name,
      isSet: (name) => this.#isSet(name),
      manager,
    };
  }

  /** By the name that `systemctl show` has for it; undefined for one that is not modelled. */
  get(name: string): EffectiveProperty | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const property = BY_NAME.get(name);
    if (property === undefined) return undefined;
    const effective = this.#workOut(property);
    this.#known.set(name, effective);
    return effective;
  }

  #workOut(property: Property): EffectiveProperty {
    const steps: PropertyStep[] = [];
    const initial = property.initial.kind === 'fixed' ? property.initial.value : undefined;
    let value = initial;
    let isSet = false;
    for (const line of this.#unit.assignments) {
      if (!isIn(line, property)) continue;
      if (line.value.length === 0 && property.resetBy?.includes(line.key) === true) {
        steps.push({ line, assigned: { operation: 'reset' } });
        value = initial;
        isSet = false;
      }
      if (!property.directives.includes(line.key)) continue;
      const { text, unknown } = expandSpecifiers(this.#host, this.#unit.name, line.value);
      const assigned: Assigned =
        unknown[0] === undefined
          ? property.kind.assign(value, text.toString())
          : { operation: 'ignored', reason: `${unknown[0]} is no specifier (a percent sign is %%)` };
      steps.push({ line, assigned });
      if (assigned.operation === 'ignored') continue;
      isSet = assigned.operation !== 'reset';
      value = assigned.operation === 'reset' ? initial : assigned.value;
    }
    const { value: own, rule } = isSet ? { value, rule: undefined } : this.#initial(property);
    this.#written.set(property.name, own);
    const overruled = property.overruled?.(own, this.#values);
    return { property, steps, value: own, rule, ...overruled };
  }

  #initial({ initial }: Property): { value: string | undefined; rule: string } {
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

const BY_NAME: ReadonlyMap<string, Property> = new Map(
  ALL_PROPERTIES.map((property) => [property.name, property]),
);

function isIn({ section, key }: Assignment, property: Property): boolean {
  return (
    section === property.section ||
    (section === 'Service' && property.formerlyInService?.includes(key) === true)
  );
}
