interface Layer<V> {
  readonly entries: ReadonlyMap<number, V | undefined>;
  readonly below: Layer<V> | undefined;
}

/**
 * A map of which copies are cheap: a copy shares everything that was in it before, and two copies are compared only
 * in what was set since. A key that was removed is there with `undefined`.
 */
export class LayeredMap<V> {
  #own = new Map<number, V | undefined>();
  #below: Layer<V> | undefined;

  copy(): LayeredMap<V> {
    if (this.#own.size > 0) this.#below = layered(this.#own, this.#below);
    this.#own = new Map();
    const copy = new LayeredMap<V>();
    copy.#below = this.#below;
    return copy;
  }

  get(key: number): V | undefined {
    if (this.#own.has(key)) return this.#own.get(key);
    for (let layer = this.#below; layer !== undefined; layer = layer.below) {
      if (layer.entries.has(key)) return layer.entries.get(key);
    }
    return undefined;
  }

  set(key: number, value: V): void {
    this.#own.set(key, value);
  }

  delete(key: number): void {
    if (this.get(key) !== undefined) this.#own.set(key, undefined);
  }

  keys(): Set<number> {
    return this.#keysAbove(new Set());
  }

  /** Every key that may differ between the two. */
  keysApart(other: LayeredMap<V>): Set<number> {
    const shared = new Set(layersOf(this.#below));
    const keys = this.#keysAbove(new Set(layersOf(other.#below)));
    for (const key of other.#keysAbove(shared)) keys.add(key);
    return keys;
  }

  #keysAbove(stop: ReadonlySet<Layer<V>>): Set<number> {
    const keys = new Set(this.#own.keys());
    for (const layer of layersOf(this.#below)) {
      if (stop.has(layer)) break;
      for (const key of layer.entries.keys()) keys.add(key);
    }
    return keys;
  }
}

/** Puts a layer on top; layers that are not much larger go into it, so that there are never many. */
function layered<V>(entries: ReadonlyMap<number, V | undefined>, below: Layer<V> | undefined): Layer<V> {
  if (below === undefined || below.entries.size > entries.size * 2) return { entries, below };
  return layered(new Map([...below.entries, ...entries]), below.below);
}

function* layersOf<V>(top: Layer<V> | undefined): Generator<Layer<V>> {
  for (let layer = top; layer !== undefined; layer = layer.below) yield layer;
}
