/** Several who ask for the same thing at the same time share one run, and its failure. */
export class SharedRuns<Result> {
  readonly #underWay = new Map<string, Promise<Result>>();

  share(key: string, start: () => Promise<Result>): Promise<Result> {
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const run = start().finally(() => {
      if (this.#underWay.get(key) === run) this.#underWay.delete(key);
    });
    this.#underWay.set(key, run);
    return run;
  }

  /** Who asks from now on shares nothing with those who have asked before. */
  forget(): void {
    this.#underWay.clear();
  }
}
