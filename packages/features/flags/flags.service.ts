import { sentence } from "@calcom/lib/sentence";
import { FlagError } from "./errors";
import type { FlagOverridesRepository } from "./flag-overrides.repository";
import type { FlagsRepository } from "./flags.repository";
import type {
  AssignInput,
  FlagInput,
  FlagSubject,
  FlagSubjectPage,
  FlagSummary,
  SubjectsQuery,
} from "./types";
import { assignSchema, flagInputSchema, subjectsSchema } from "./types";

/** Answers application code. Experiments are not flags here: ask the experiments for them. */
export class FlagsService {
  readonly #repository: FlagsRepository;

  constructor(repository: FlagsRepository) {
    this.#repository = repository;
  }

  /** Off for an unknown slug. */
  async isEnabled(slug: string, subject: FlagSubject): Promise<boolean> {
    const [flag] = await this.#repository.resolve(subject, [slug]);
    return flag?.enabled ?? false;
  }

  /** Every flag with its state for this subject and nothing else; if slugs are named, those of them that exist. */
  async mapFor(subject: FlagSubject, slugs?: readonly string[]): Promise<Record<string, boolean>> {
    const flags = await this.#repository.resolve(subject, slugs ?? null);
    return Object.fromEntries(flags.map(({ slug, enabled }) => [slug, enabled]));
  }
}

/** Who acts, as the session has it. Whether they may is asked of the database at each call. */
export interface Actor {
  userId: number | null;
}

export type RequireAdmin = (userId: number | null) => Promise<{ id: number }>;

export class FlagsAdminService {
  readonly #flags: FlagsRepository;
  readonly #overrides: FlagOverridesRepository;
  readonly #requireAdmin: RequireAdmin;

  constructor(flags: FlagsRepository, overrides: FlagOverridesRepository, requireAdmin: RequireAdmin) {
    this.#flags = flags;
    this.#overrides = overrides;
    this.#requireAdmin = requireAdmin;
  }

  async list(actor: Actor): Promise<FlagSummary[]> {
    await this.#requireAdmin(actor.userId);
    return this.#flags.list();
  }

  /** @throws FlagError `is_experiment`, `flag_not_found` */
  async setEnabled(actor: Actor, { slug, enabled }: { slug: string; enabled: boolean }): Promise<void> {
    const { id } = await this.#requireAdmin(actor.userId);
    const { changed } = await this.#flags.setEnabled(id, slug, enabled);
    if (!changed) await this.#requirePlainFlag(slug);
  }

  /** @throws FlagError `is_experiment`, `flag_not_found` */
  async setStale(actor: Actor, { slug, stale }: { slug: string; stale: boolean }): Promise<void> {
    const { id } = await this.#requireAdmin(actor.userId);
    const { changed } = await this.#flags.setStale(id, slug, stale);
    if (!changed) await this.#requirePlainFlag(slug);
  }

  /** A new flag is off. @throws FlagError `slug_taken` */
  async create(actor: Actor, input: FlagInput): Promise<{ slug: string }> {
    const { id } = await this.#requireAdmin(actor.userId);
    const created = await this.#flags.create(id, flagInputSchema.parse(input));
    if (created) return created;
    throw new FlagError(
      "slug_taken",
      sentence("The slug {{slug}} is taken or was used before. Choose another one.", { slug: input.slug }),
      {
        field: "slug",
      },
    );
  }

  /** Says how many settings of users and teams went with it. @throws FlagError `is_experiment`, `flag_not_found` */
  async delete(actor: Actor, { slug }: { slug: string }): Promise<{ overrides: number }> {
    const { id } = await this.#requireAdmin(actor.userId);
    const deleted = await this.#flags.delete(id, slug);
    if (deleted !== null) return deleted;
    await this.#requirePlainFlag(slug);
    // It was an experiment, and became a flag in between.
    return this.delete(actor, { slug });
  }

  /** @throws FlagError `is_experiment`, `flag_not_found` */
  async subjects(actor: Actor, query: SubjectsQuery): Promise<FlagSubjectPage> {
    await this.#requireAdmin(actor.userId);
    const { cursor, ...search } = subjectsSchema.parse(query);
    await this.#requirePlainFlag(search.slug);
    return this.#overrides.findSubjects({ ...search, cursor: cursor ?? null });
  }

  /** @throws FlagError `is_experiment`, `flag_not_found`, `subject_not_found` */
  async assign(actor: Actor, input: AssignInput): Promise<void> {
    const { id: actorId } = await this.#requireAdmin(actor.userId);
    const { slug, kind, id, override } = assignSchema.parse(input);
    const { changed } = await this.#overrides.assign(actorId, { slug, kind, id, override });
    if (changed) return;
    await this.#requirePlainFlag(slug);
    if (!(await this.#overrides.subjectExists(kind, id))) {
      throw new FlagError(
        "subject_not_found",
        kind === "user"
          ? "This user no longer exists. Reload the list."
          : "This team no longer exists. Reload the list.",
      );
    }
  }

  async #requirePlainFlag(slug: string): Promise<void> {
    const type = await this.#flags.typeOf(slug);
    if (type === null)
      throw new FlagError(
        "flag_not_found",
        sentence("There is no flag {{slug}}. Reload the list.", { slug }),
      );
    if (type === "EXPERIMENT") {
      throw new FlagError(
        "is_experiment",
        sentence(
          "{{slug}} is an experiment. Start, pause or turn it off on its own page, so its data stays valid.",
          { slug },
        ),
      );
    }
  }
}
