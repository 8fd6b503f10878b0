import type { FlagsRepository } from "./flags.repository";
import type { FlagSubject } from "./types";

/** Answers for flags that have become experiments. */
export interface FormerFlags {
  /** @param readPlain reads what plain flags answer; they are among the answers, and take no time besides */
  answerFlags(
    asker: FlagSubject,
    slugs: readonly string[] | null,
    readPlain: () => Promise<Readonly<Record<string, boolean>>>,
  ): Promise<Record<string, boolean>>;
}

/**
 * Answers application code. A flag that became an experiment says the same here as there, and is on wherever that shows
 * another variant than control. What never was a flag is none here: ask the experiments for it.
 */
export class FlagsService {
  readonly #repository: FlagsRepository;
  readonly #former: FormerFlags | null;

  constructor(repository: FlagsRepository, former: FormerFlags | null = null) {
    this.#repository = repository;
    this.#former = former;
  }

  /** Off for an unknown slug. */
  async isEnabled(slug: string, subject: FlagSubject): Promise<boolean> {
    const map = await this.mapFor(subject, [slug]);
    return Object.hasOwn(map, slug) && map[slug] === true;
  }

  /**
   * Every flag with its state for this subject and nothing else; if slugs are named, those of them that exist.
   *
   * @throws ExperimentError `unavailable` where that takes longer than a decision may
   */
  async mapFor(
    subject: FlagSubject,
    slugs: readonly string[] | null = null,
  ): Promise<Record<string, boolean>> {
    const readPlain = () => this.#resolve(subject, slugs);
    return this.#former === null ? readPlain() : this.#former.answerFlags(subject, slugs, readPlain);
  }

  async #resolve(subject: FlagSubject, slugs: readonly string[] | null): Promise<Record<string, boolean>> {
    const flags = await this.#repository.resolve(subject, slugs);
    return Object.fromEntries(flags.map(({ slug, enabled }) => [slug, enabled]));
  }
}
