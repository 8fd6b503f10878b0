/** As long as a result is good for. */
const REST_MS = 5 * 60_000;

/** What could not be counted is not due again for a while: else a hundred of them would keep the others from their turn. */
export class Resting {
  readonly #until = new Map<string, number>();

  /** Has it rest where it was not counted, and ends that where it was. */
  note(slug: string, isCounted: boolean): void {
    if (isCounted) this.#until.delete(slug);
    else this.#until.set(slug, Date.now() + REST_MS);
  }

  list(): string[] {
    const now = Date.now();
    for (const [slug, until] of this.#until) if (until <= now) this.#until.delete(slug);
    return [...this.#until.keys()];
  }
}
