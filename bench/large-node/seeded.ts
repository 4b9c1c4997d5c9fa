/** Numbers that look random and are the same in every run. */
export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to but not including `below` (mulberry32). */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  /** A name of lower case words. */
  name(words: number): string {
    return Array.from({ length: words }, () => this.pick(WORDS)).join('_');
  }
}

const WORDS: readonly [string, ...string[]] = [
  'anchor',
  'basin',
  'copper',
  'delta',
  'ember',
  'fjord',
  'garnet',
  'harbor',
  'island',
  'juniper',
  'kelp',
  'lagoon',
  'meadow',
  'nickel',
  'orchid',
  'pebble',
  'quartz',
  'river',
  'summit',
  'timber',
  'umber',
  'valley',
  'willow',
  'zephyr',
];
