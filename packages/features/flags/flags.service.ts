import { sentence } from "@calcom/lib/sentence";
import type { z } from "zod";
import { FlagError } from "./errors";
import type { FlagOverridesRepository } from "./flag-overrides.repository";
import type { FlagsRepository } from "./flags.repository";
import { requirePlainFlag } from "./require-plain-flag";
import type {
  AssignInput,
  FlagInput,
  FlagPage,
  FlagSubject,
  FlagSubjectPage,
  SetEnabledInput,
  SetRolloutInput,
  SetStaleInput,
  SubjectsQuery,
} from "./types";
import { assignSchema, flagInputSchema, flagListSchema, setRolloutSchema, subjectsSchema } from "./types";

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

/** The acting person, from the session. Their role is read from the database at each call. */
export interface Actor {
  userId: number | null;
}

/** Turns flags that have become experiments off and on; false for what never was a flag. */
export interface FormerSwitches {
  switchFlag(actor: Actor, change: { slug: string; isOn: boolean }): Promise<boolean>;
}

export type RequireAdmin = (userId: number | null) => Promise<{ id: number }>;

export class FlagsAdminService {
  readonly #flags: FlagsRepository;
  readonly #overrides: FlagOverridesRepository;
  readonly #requireAdmin: RequireAdmin;
  readonly #former: FormerSwitches | null;

  constructor(
    flags: FlagsRepository,
    overrides: FlagOverridesRepository,
    requireAdmin: RequireAdmin,
    former: FormerSwitches | null = null,
  ) {
    this.#flags = flags;
    this.#overrides = overrides;
    this.#requireAdmin = requireAdmin;
    this.#former = former;
  }

  async list(actor: Actor, query: z.input<typeof flagListSchema> = {}): Promise<FlagPage> {
    await this.#requireAdmin(actor.userId);
    return this.#flags.list(flagListSchema.parse(query));
  }

  /**
   * What was a flag stays pullable here whatever state its experiment is in: off is control for everybody, and on gives
   * back what was there.
   *
   * @throws FlagError `is_experiment`, `flag_not_found`; `stale_flag` where a flag that is to be turned on has changed
   */
  async setEnabled(actor: Actor, { slug, enabled, version }: SetEnabledInput): Promise<void> {
    const { id } = await this.#requireAdmin(actor.userId);
    const { changed, isStale } = await this.#flags.setEnabled(
      id,
      slug,
      enabled,
      enabled ? version : undefined,
    );
    if (isStale) throw staleFlag();
    if (changed || (await this.#former?.switchFlag(actor, { slug, isOn: enabled }))) return;
    await this.#requirePlainFlag(slug);
  }

  /** @throws FlagError `is_experiment`, `flag_not_found`; `stale_flag` where it has changed */
  async setStale(actor: Actor, { slug, stale, version }: SetStaleInput): Promise<void> {
    const { id } = await this.#requireAdmin(actor.userId);
    const { changed, isStale } = await this.#flags.setStale(id, slug, stale, version);
    if (isStale) throw staleFlag();
    if (!changed) await this.#requirePlainFlag(slug);
  }

  /**
   * Says for whom a flag is on while it is. Whoever had it keeps it when the share is raised.
   *
   * @throws FlagError `is_experiment`, `flag_not_found`; `stale_flag` where it is for others than `before` says
   */
  async setRollout(actor: Actor, input: SetRolloutInput): Promise<void> {
    const { id } = await this.#requireAdmin(actor.userId);
    const { slug, rollout, before } = setRolloutSchema.parse(input);
    const wanted = rollout?.percentage === 100 ? null : rollout;
    const { changed } = await this.#flags.setRollout(id, slug, wanted, before);
    if (changed) return;
    await this.#requirePlainFlag(slug);
    if (before !== undefined && !(await this.#flags.isRolledOutTo(slug, wanted)))
      throw new FlagError(
        "stale_flag",
        "This rollout was changed in the meantime. Reload the list, then change it again.",
      );
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
    await this.#requireOpenRows(search.slug);
    return this.#overrides.findSubjects({ ...search, cursor: cursor ?? null });
  }

  /** @throws FlagError `is_experiment`, `flag_not_found`, `subject_not_found` */
  async assign(actor: Actor, input: AssignInput): Promise<void> {
    const { id: actorId } = await this.#requireAdmin(actor.userId);
    const { slug, kind, id, override } = assignSchema.parse(input);
    const { changed } = await this.#overrides.assign(actorId, { slug, kind, id, override });
    if (changed) return;
    await this.#requireOpenRows(slug);
    if (!(await this.#overrides.subjectExists(kind, id))) {
      throw new FlagError(
        "subject_not_found",
        kind === "user"
          ? "This user no longer exists. Reload the list."
          : "This team no longer exists. Reload the list.",
      );
    }
  }

  /** Of what was a flag they are open before the start and after an end without a winner. */
  async #requireOpenRows(slug: string): Promise<void> {
    if (!(await this.#flags.doRowsCount(slug))) await this.#requirePlainFlag(slug);
  }

  #requirePlainFlag(slug: string): Promise<void> {
    return requirePlainFlag(this.#flags, slug);
  }
}

function staleFlag(): FlagError {
  return new FlagError(
    "stale_flag",
    "This flag was changed in the meantime. Look at it again, then repeat your change.",
  );
}
