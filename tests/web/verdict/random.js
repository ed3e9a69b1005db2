// Choices that come out the same for the same seed (Mulberry32).

export class Random {
  #state

  constructor(seed) {
    this.#state = seed
  }

  /** A number from 0 up to 1. */
  #next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  chance(probability) {
    return this.#next() < probability
  }

  /** A whole number from `least` to `most`. */
  whole(least, most) {
    return least + Math.floor(this.#next() * (most - least + 1))
  }

  one(items) {
    return items[this.whole(0, items.length - 1)]
  }

  /** So many of the items, each once, in their order. */
  some(items, count) {
    const left = [...items.keys()]
    const taken = Array.from({ length: Math.min(count, left.length) }, () => {
      const [place] = left.splice(this.whole(0, left.length - 1), 1)
      return place
    })
    return taken.sort((one, other) => one - other).map((place) => items[place])
  }
}
