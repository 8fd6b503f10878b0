/** What is read changes slowly, and a form asks each time that a setting changes. */
const KEPT_MS = 10 * 60_000;
/** What nobody asks for again is not kept for the sake of it. */
const MOST_KEPT = 1_000;

/** Answers of the database, remembered for ten minutes. Several who ask at the same time share one. */
export class Remembered<Value> {
  readonly #clock: () => Date;
  readonly #isWorthIt: (value: Value) => boolean;
  readonly #kept = new Map<string, { until: number; value: Promise<Value> }>();

  constructor(clock: () => Date, isWorthIt: (value: Value) => boolean = () => true) {
    this.#clock = clock;
    this.#isWorthIt = isWorthIt;
  }

  get(key: string, read: () => Promise<Value>): Promise<Value> {
    const now = this.#clock().getTime();
    for (const [other, { until }] of this.#kept) if (until < now) this.#kept.delete(other);
    const known = this.#kept.get(key);
    if (known !== undefined) return known.value;
    const value = read();
    this.#kept.set(key, { until: now + KEPT_MS, value });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    const forget = () => this.#kept.delete(key);
    // A failure is not remembered.
    value.then((answer) => {
      if (!this.#isWorthIt(answer)) forget();
    }, forget);
    return value;
  }
}
