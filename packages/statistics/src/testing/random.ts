/** Seeded draws for tests and simulations: the same seed gives the same samples on every machine. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: number) {
    [this.#a, this.#b, this.#c] = [seed | 0, (seed / 0x1_0000_0000) | 0, 0x9e3779b9 | 0];
    for (let i = 0; i < 15; i++) this.#next();
  }

  /** Between 0 and 1, both excluded. */
  uniform(): number {
    return ((this.#next() >>> 5) * 0x400_0000 + (this.#next() >>> 6) + 0.5) / 0x20_0000_0000_0000;
  }

  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }

  /** Marsaglia's polar method. */
  normal(): number {
    for (;;) {
      const [u, v] = [2 * this.uniform() - 1, 2 * this.uniform() - 1];
      const square = u * u + v * v;
      if (square < 1 && square > 0) return u * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }

  /** Marsaglia and Tsang 2000, scale 1. */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * this.uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  beta(a: number, b: number): number {
    const x = this.gamma(a);
    return x / (x + this.gamma(b));
  }

  /** By counting where few are expected; else Hörmann's transformed rejection (1993), exact too. */
  binomial(n: number, p: number): number {
    if (p > 0.5) return n - this.binomial(n, 1 - p);
    if (n * p < 10) return this.#binomialByWaiting(n, p);
    const sd = Math.sqrt(n * p * (1 - p));
    const b = 1.15 + 2.53 * sd;
    const a = -0.0873 + 0.0248 * b + 0.01 * p;
    const r = p / (1 - p);
    const m = Math.floor((n + 1) * p);
    for (;;) {
      const [u, v] = [this.uniform() - 0.5, this.uniform()];
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / us + b) * u + n * p + 0.5);
      if (us >= 0.07 && v <= 0.92 - 4.2 / b) return k;
      if (k < 0 || k > n) continue;
      const limit =
        (m + 0.5) * Math.log((m + 1) / (r * (n - m + 1))) +
        (n + 1) * Math.log((n - m + 1) / (n - k + 1)) +
        (k + 0.5) * Math.log((r * (n - k + 1)) / (k + 1)) +
        (stirlingError(m) + stirlingError(n - m) - stirlingError(k) - stirlingError(n - k));
      if (Math.log((v * (2.83 + 5.1 / b) * sd) / (a / (us * us) + b)) <= limit) return k;
    }
  }

  /** Geometric gaps between successes. */
  #binomialByWaiting(n: number, p: number): number {
    if (p <= 0) return 0;
    const log = Math.log1p(-p);
    let [successes, at] = [0, 0];
    for (;;) {
      at += Math.floor(Math.log(this.uniform()) / log) + 1;
      if (at > n) return successes;
      successes++;
    }
  }

  /** sfc32. */
  #next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum;
  }
}

const SMALL = [
  0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
  0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871,
];

/** ln k! less Stirling's approximation of it. */
function stirlingError(k: number): number {
  const small = SMALL[k];
  if (small !== undefined) return small;
  const square = (k + 1) ** 2;
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}
