export interface RateLimitOptions {
  /** How much one key may take in a window. */
  points: number;
  windowMs: number;
  /** Keys that are counted apart in one window. */
  maxKeys?: number;
  /** How much all further keys may take together. */
  sharedPoints?: number;
  clock?: () => number;
}

const MAX_KEYS = 100_000;
/** No text from outside has this key: what callers count are addresses and ids. */
const SHARED = "\u0000shared";

/**
 * Counts by key in the memory of this process. It has no timers and forgets by itself: two windows of one length are
 * kept, and of the one before counts what still lies in the last `windowMs`, as if it had been taken evenly. So a limit
 * cannot be taken twice around the turn of a window.
 */
export class RateLimit {
  readonly #points: number;
  readonly #windowMs: number;
  readonly #maxKeys: number;
  readonly #sharedPoints: number;
  readonly #clock: () => number;
  #window = 0;
  #now = new Map<string, number>();
  #before = new Map<string, number>();

  constructor({ points, windowMs, maxKeys = MAX_KEYS, sharedPoints = points, clock }: RateLimitOptions) {
    this.#points = points;
    this.#windowMs = windowMs;
    this.#maxKeys = maxKeys;
    this.#sharedPoints = sharedPoints;
    this.#clock = clock ?? Date.now;
  }

  /** False, and nothing is taken, where fewer than `points` are left. */
  take(key: string, points = 1): boolean {
    const share = this.#turn();
    const counted = this.#countedAs(key);
    const taken = this.#now.get(counted) ?? 0;
    const most = counted === SHARED ? this.#sharedPoints : this.#points;
    if (taken + share * (this.#before.get(counted) ?? 0) + points > most) return false;
    this.#now.set(counted, taken + points);
    return true;
  }

  /** Whether this key comes beyond those that are counted apart. */
  isShared(key: string): boolean {
    return this.#countedAs(key) === SHARED;
  }

  /** Takes back one point of what this key took. */
  giveBack(key: string): void {
    const counted = this.#countedAs(key);
    const taken = this.#now.get(counted) ?? 0;
    if (taken > 0) this.#now.set(counted, taken - 1);
  }

  /** Until the present window ends, and at least half of what was taken is free again. */
  secondsLeft(): number {
    return Math.max(1, Math.ceil((this.#windowMs - (this.#clock() % this.#windowMs)) / 1_000));
  }

  #countedAs(key: string): string {
    return this.#now.has(key) || this.#now.size < this.#maxKeys ? key : SHARED;
  }

  /** Begins a new window where it is time. The share of the one before that still counts. */
  #turn(): number {
    const time = this.#clock();
    const window = Math.floor(time / this.#windowMs);
    if (window !== this.#window) {
      this.#before = window === this.#window + 1 ? this.#now : new Map();
      this.#now = new Map();
      this.#window = window;
    }
    return 1 - (time % this.#windowMs) / this.#windowMs;
  }
}
