import { changedMeanwhile, notSaved } from "@calcom/lib/changed-meanwhile";
import { sentence } from "@calcom/lib/sentence";
import type { FlagAbilitiesRepository } from "../abilities.repository";
import type { Actor, RequireAdmin } from "../administrators";
import { FlagError } from "../errors";
import { requireManaged } from "../require-managed";
import type { FlagScheduleRepository, PlanAnswer } from "./schedule.repository";
import {
  type FlagSchedule,
  MOST_SCHEDULED,
  type RescheduleInput,
  rescheduleSchema,
  type ScheduleChangeInput,
  type ScheduledChangeInput,
  scheduleChangeSchema,
  scheduledChangeSchema,
} from "./types";

/** Throws `is_experiment` or `flag_not_found` where there is no plain flag of that name. */
export type RequirePlainFlag = (slug: string) => Promise<void>;

export interface FlagScheduleParts {
  schedule: FlagScheduleRepository;
  abilities: Pick<FlagAbilitiesRepository, "read">;
  requireAdmin: RequireAdmin;
  requirePlainFlag: RequirePlainFlag;
}

/** What administrators plan for flags. */
export class FlagScheduleService {
  readonly #schedule: FlagScheduleRepository;
  readonly #requireAdmin: RequireAdmin;
  readonly #requirePlainFlag: RequirePlainFlag;
  readonly #abilities: Pick<FlagAbilitiesRepository, "read">;

  constructor({ schedule, abilities, requireAdmin, requirePlainFlag }: FlagScheduleParts) {
    this.#schedule = schedule;
    this.#abilities = abilities;
    this.#requireAdmin = requireAdmin;
    this.#requirePlainFlag = requirePlainFlag;
  }

  /** Also of what has become an experiment: it says what was dropped. */
  async list(actor: Actor, { slug }: { slug: string }): Promise<FlagSchedule> {
    await this.#requireAdmin(actor.userId);
    return { changes: await this.#schedule.list(slug) };
  }

  /** @throws FlagError `not_managed` for a share, `is_experiment`, `flag_not_found`, `not_later`, `too_many_scheduled`, `already_scheduled` */
  async add(actor: Actor, input: ScheduleChangeInput): Promise<void> {
    const { id: actorId } = await this.#requireAdmin(actor.userId);
    const { slug, at, change } = scheduleChangeSchema.parse(input);
    if (change.kind === "rollout") await requireManaged(this.#abilities);
    await this.#requireLater(slug, at);
    await this.#require(await this.#schedule.add(actorId, slug, at, change), slug);
  }

  /**
   * Also schedules a canceled change again.
   *
   * @throws FlagError as `add`; `scheduled_change_not_found`, `stale_scheduled_change`
   */
  async update(actor: Actor, input: RescheduleInput): Promise<void> {
    const { id: actorId } = await this.#requireAdmin(actor.userId);
    const { slug, at, change, ...seen } = rescheduleSchema.parse(input);
    if (change.kind === "rollout") await requireManaged(this.#abilities);
    await this.#requireLater(slug, at);
    await this.#require(await this.#schedule.update(actorId, slug, seen, at, change), slug, seen.id);
  }

  /** @throws FlagError `scheduled_change_not_found`, `stale_scheduled_change` */
  async remove(actor: Actor, input: ScheduledChangeInput): Promise<void> {
    const { id: actorId } = await this.#requireAdmin(actor.userId);
    const { slug, ...seen } = scheduledChangeSchema.parse(input);
    const answer = await this.#schedule.remove(actorId, slug, seen);
    if (answer !== "removed") throw await this.#seenAnother(answer, slug, seen.id);
  }

  async #requireLater(slug: string, at: string): Promise<void> {
    const isLater = await this.#schedule.isLater(slug, at);
    if (isLater === null) {
      await this.#requirePlainFlag(slug);
      // It was an experiment, and became a flag in between.
      return this.#requireLater(slug, at);
    }
    if (!isLater)
      throw new FlagError("not_later", "This time has passed. Choose a later one.", { field: "at" });
  }

  async #require(answer: PlanAnswer, slug: string, id = 0): Promise<void> {
    if (answer === "planned") return;
    if (answer === "no_flag") await this.#requirePlainFlag(slug);
    if (answer === "too_many")
      throw new FlagError(
        "too_many_scheduled",
        sentence("This flag already has {{count}} scheduled changes. Remove one first.", {
          count: MOST_SCHEDULED,
        }),
      );
    if (answer === "same_time")
      throw new FlagError(
        "already_scheduled",
        "A change of this kind is already scheduled for this time. Edit that one, or choose another time.",
        { field: "at" },
      );
    throw await this.#seenAnother(answer === "stale" ? "stale" : "no_change", slug, id);
  }

  /** Why nothing became of a write to a change that is another one by now, or gone. */
  async #seenAnother(answer: "stale" | "no_change", slug: string, id: number): Promise<FlagError> {
    if (answer === "no_change") return notFound(slug);
    const now = (await this.#schedule.list(slug)).find((change) => change.id === id);
    const { message, details } = changedMeanwhile(
      sentence("the schedule of {{slug}}", { slug }),
      now?.plannedBy?.name ?? null,
    );
    return new FlagError("stale_scheduled_change", message, { details });
  }
}

function notFound(slug: string): FlagError {
  const { message, details } = notSaved(
    sentence("This change to {{slug}} is no longer scheduled. It was made, canceled or removed.", { slug }),
  );
  return new FlagError("scheduled_change_not_found", message, { details });
}
