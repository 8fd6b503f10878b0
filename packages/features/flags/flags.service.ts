import type { FlagsRepository } from "./flags.repository";
import type { FlagSubject } from "./types";

/** Answers for flags that have become experiments. */
export interface FormerFlags {
  /** @param known what plain flags have answered already */
  answerFlags(
    asker: FlagSubject,
    slugs: readonly string[] | null,
    known: Readonly<Record<string, boolean>>,
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

  /** Every flag with its state for this subject and nothing else; if slugs are named, those of them that exist. */
  async mapFor(
    subject: FlagSubject,
    slugs: readonly string[] | null = null,
  ): Promise<Record<string, boolean>> {
    const flags = await this.#repository.resolve(subject, slugs);
    const known = Object.fromEntries(flags.map(({ slug, enabled }) => [slug, enabled]));
    const former = await this.#former?.answerFlags(subject, slugs, known);
    return { ...known, ...former };
  }
}
