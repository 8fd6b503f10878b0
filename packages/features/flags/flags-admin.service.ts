import { changedMeanwhile } from "@calcom/lib/changed-meanwhile";
import { type Sentence, sentence } from "@calcom/lib/sentence";
import type { z } from "zod";
import type { HostId } from "../experiments/types";
import type { HostIds } from "../experiments/utils";
import type { FlagAbilitiesRepository } from "./abilities.repository";
import type { Actor, RequireAdmin } from "./administrators";
import { FlagError } from "./errors";
import type { FlagOverridesRepository } from "./flag-overrides.repository";
import type { FlagsRepository } from "./flags.repository";
import { notManaged, requireManaged } from "./require-managed";
import { requirePlainFlag } from "./require-plain-flag";
import type {
  AssignInput,
  FlagInput,
  FlagPage,
  FlagSubjectPage,
  SetEnabledInput,
  SetRolloutInput,
  SetStaleInput,
  SubjectKind,
  SubjectsQuery,
} from "./types";
import { assignSchema, flagInputSchema, flagListSchema, setRolloutSchema, subjectsSchema } from "./types";

/** Turns flags that have become experiments off and on; false for what never was a flag. */
export interface FormerSwitches {
  switchFlag(actor: Actor, change: { slug: string; isOn: boolean }): Promise<boolean>;
}

export interface FlagsAdminParts {
  flags: FlagsRepository;
  overrides: FlagOverridesRepository;
  abilities: Pick<FlagAbilitiesRepository, "read">;
  requireAdmin: RequireAdmin;
  ids: Pick<HostIds, "user" | "team">;
  former: FormerSwitches | null;
}

export class FlagsAdminService {
  readonly #flags: FlagsRepository;
  readonly #overrides: FlagOverridesRepository;
  readonly #requireAdmin: RequireAdmin;
  readonly #parts: FlagsAdminParts;

  constructor(parts: FlagsAdminParts) {
    this.#flags = parts.flags;
    this.#overrides = parts.overrides;
    this.#requireAdmin = parts.requireAdmin;
    this.#parts = parts;
  }

  async list(actor: Actor, query: z.input<typeof flagListSchema> = {}): Promise<FlagPage> {
    await this.#requireAdmin(actor.userId);
    const [abilities, page] = await Promise.all([
      this.#parts.abilities.read(),
      this.#flags.list(flagListSchema.parse(query)),
    ]);
    return { abilities, ...page };
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
    if (isStale) throw await this.#stale(slug);
    if (changed || (await this.#parts.former?.switchFlag(actor, { slug, isOn: enabled }))) return;
    await this.#requirePlainFlag(slug);
  }

  /** @throws FlagError `is_experiment`, `flag_not_found`; `stale_flag` where it has changed */
  async setStale(actor: Actor, { slug, stale, version }: SetStaleInput): Promise<void> {
    const { id } = await this.#requireAdmin(actor.userId);
    const { changed, isStale } = await this.#flags.setStale(id, slug, stale, version);
    if (isStale) throw await this.#stale(slug);
    if (!changed) await this.#requirePlainFlag(slug);
  }

  /**
   * Says for whom a flag is on while it is. Whoever had it keeps it when the share is raised.
   *
   * @throws FlagError `not_managed`, `is_experiment`, `flag_not_found`; `stale_flag` where it is for others than `before` says
   */
  async setRollout(actor: Actor, input: SetRolloutInput): Promise<void> {
    const { id } = await this.#requireAdmin(actor.userId);
    await requireManaged(this.#parts.abilities);
    const { slug, rollout, before } = setRolloutSchema.parse(input);
    const wanted = rollout?.percentage === 100 ? null : rollout;
    const { changed } = await this.#flags.setRollout(id, slug, wanted, before);
    if (changed) return;
    await this.#requirePlainFlag(slug);
    if (before !== undefined && !(await this.#flags.isRolledOutTo(slug, wanted)))
      throw await this.#stale(slug, sentence("the rollout of {{slug}}", { slug }));
  }

  /** A new flag is off. @throws FlagError `not_managed`, `slug_taken` */
  async create(actor: Actor, input: FlagInput): Promise<{ slug: string }> {
    const { id } = await this.#requireAdmin(actor.userId);
    await requireManaged(this.#parts.abilities);
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

  /** Says how many settings of users and teams went with it. @throws FlagError `not_managed`, `is_experiment`, `flag_not_found` */
  async delete(actor: Actor, { slug }: { slug: string }): Promise<{ overrides: number }> {
    const { id } = await this.#requireAdmin(actor.userId);
    await requireManaged(this.#parts.abilities);
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
    const after = cursor ? { key: cursor.key, id: this.#readId(search.kind, cursor.id) } : null;
    return this.#overrides.findSubjects({ ...search, cursor: after });
  }

  /** @throws FlagError `not_managed`, `is_experiment`, `flag_not_found`, `subject_not_found` */
  async assign(actor: Actor, input: AssignInput): Promise<void> {
    const { id: actorId } = await this.#requireAdmin(actor.userId);
    const { slug, kind, override, ...subject } = assignSchema.parse(input);
    const id = this.#readId(kind, subject.id);
    if (!(await this.#parts.abilities.read()).areAssigned) throw notManaged();
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

  /** @param what of it was changed: all of it, if nothing is said */
  async #stale(slug: string, what: string | Sentence = slug): Promise<FlagError> {
    const { message, details } = changedMeanwhile(what, await this.#flags.findEditor(slug));
    return new FlagError("stale_flag", message, { details });
  }

  #readId(kind: SubjectKind, id: HostId): HostId {
    return kind === "user" ? this.#parts.ids.user(id, "id") : this.#parts.ids.team(id, "id");
  }

  /** Of what was a flag they are open before the start and after an end without a winner. */
  async #requireOpenRows(slug: string): Promise<void> {
    if (!(await this.#flags.doRowsCount(slug))) await this.#requirePlainFlag(slug);
  }

  #requirePlainFlag(slug: string): Promise<void> {
    return requirePlainFlag(this.#flags, slug);
  }
}
