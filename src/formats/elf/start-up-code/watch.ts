import { type Image, isWithin, type Range } from './image.ts';
import { asAddress, isStrayed, type Strayed, type Value } from './value.ts';

/** An object whose final content is wanted, and why it cannot be vouched for. */
export interface Watched {
  readonly range: Range;
  doubt: string | undefined;
  /** A variable of the file points to it. */
  isKept: boolean;
}

/** Where code takes the address of a watched object: the place of the four bytes in the instruction. */
interface Reference {
  readonly place: number;
  /** What it may name: the address counts from the end of the instruction, which can have an immediate. */
  readonly targets: readonly number[];
  readonly object: Watched;
}

/**
 * Watches that nothing unseen writes to an object. Code can reach it only through an instruction that names its
 * address, or the loader's slot that holds it, relative to the instruction: each of these must have been followed,
 * and none may have handed the address to code that was not.
 */
export class Watch {
  readonly objects: readonly Watched[];
  readonly #references: readonly Reference[];
  readonly #targets: ReadonlySet<number>;
  readonly #byPlace: ReadonlyMap<number, readonly Reference[]>;
  readonly #followed: Reference[] = [];

  constructor(image: Image, ranges: readonly Range[]) {
    this.objects = ranges.map((range) => ({ range, doubt: undefined, isKept: false }));
    this.#references = this.objects.flatMap((object) => references(image, object));
    const byPlace = new Map<number, Reference[]>();
    for (const reference of this.#references) {
      const others = byPlace.get(reference.place);
      if (others === undefined) byPlace.set(reference.place, [reference]);
      else others.push(reference);
    }
    this.#byPlace = byPlace;
    this.#targets = new Set(this.#references.flatMap(({ targets }) => targets));
  }

  get ranges(): readonly Range[] {
    return this.objects.map(({ range }) => range);
  }

  /** An instruction from `start` to `end` uses this address relative to itself. */
  follow(address: number, start: number, end: number): void {
    if (!this.#targets.has(address)) return;
    for (let place = start; place < end; place += 1) this.#followed.push(...(this.#byPlace.get(place) ?? []));
  }

  /** How many references were followed so far, for `doubtSince`. */
  get mark(): number {
    return this.#followed.length;
  }

  /** Code was given up after `mark`: what it had to do with an object is not known to the end. */
  doubtSince(mark: number, reason: string): void {
    for (const { object } of this.#followed.slice(mark)) object.doubt ??= reason;
  }

  /** Something happened through `value` that cannot be followed; a matter of the object it points into, if any. */
  doubt(value: Value, reason: string): void {
    const object = this.#objectOf(value);
    if (object !== undefined) object.doubt ??= reason;
  }

  doubtAll(reason: string): void {
    for (const object of this.objects) object.doubt ??= reason;
  }

  /** What an unknown result of these values is, if an object's address went into it. */
  stray(values: readonly Value[]): Strayed | undefined {
    const [strayed, ...others] = new Set(values.flatMap((value) => this.#objectOf(value) ?? []));
    for (const object of others) object.doubt ??= 'its address is mixed with that of another';
    return strayed && { strayed };
  }

  #objectOf(value: Value): Watched | undefined {
    if (isStrayed(value)) {
      return this.objects.find((object) => object === value.strayed);
    }
    const address = asAddress(value);
    return address === undefined ? undefined : this.objects.find(({ range }) => isWithin(range, address));
  }

  /** After everything ran: code that takes an object's address and was never reached could have changed it. */
  finish(): void {
    const followed = new Set(this.#followed);
    for (const reference of this.#references) {
      if (followed.has(reference)) continue;
      reference.object.doubt ??= `code at 0x${reference.place.toString(16)} uses it and was not followed`;
    }
  }
}

/** Finds every `modrm disp32` in code that names a word of the object, or a slot with its address. */
function references(image: Image, object: Watched): Reference[] {
  const slots = [...image.pointersInto(object.range)];
  const { start, end } = object.range;
  const words = new Set(slots.map(({ address }) => address));
  for (let word = start; word < end; word += 8) words.add(word);
  const found: Reference[] = [];
  for (const segment of image.loads.filter(({ executable }) => executable)) {
    const code = image.content(segment.address, segment.fileSize);
    const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
    for (let at = 1; at + 4 <= code.length; at += 1) {
      if (((code[at - 1] ?? 0) & 0xc7) !== 5) continue;
      const place = segment.address + at;
      const base = place + 4 + view.getInt32(at, true);
      const targets = [base, base + 1, base + 2, base + 4].filter((target) => words.has(target));
      if (targets.length > 0) found.push({ place, targets, object });
    }
  }
  const named = new Set(found.flatMap(({ targets }) => targets));
  const variables = slots.filter(({ isLoaderSlot }) => !isLoaderSlot);
  object.isKept = variables.length > 0;
  if (variables.some(({ address }) => !named.has(address))) {
    object.doubt = 'its address is kept in a variable';
  }
  return found;
}
