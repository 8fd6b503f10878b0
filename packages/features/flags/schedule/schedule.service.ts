import { sentence } from "@calcom/lib/sentence";
import { FlagError } from "../errors";
import type { RequireAdmin } from "../flags.service";
import type { FlagScheduleRepository } from "./schedule.repository";
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

interface Actor {
  userId: number | null;
}

/** Throws `is_experiment` or `flag_not_found` where there is no plain flag of that name. */
export type RequirePlainFlag = (slug: string) => Promise<void>;

/** What administrators plan for flags. */
export class FlagScheduleService {
  readonly #schedule: FlagScheduleRepository;
  readonly #requireAdmin: RequireAdmin;
  readonly #requirePlainFlag: RequirePlainFlag;

  constructor(
    schedule: FlagScheduleRepository,
    requireAdmin: RequireAdmin,
    requirePlainFlag: RequirePlainFlag,
  ) {
    this.#schedule = schedule;
    this.#requireAdmin = requireAdmin;
    this.#requirePlainFlag = requirePlainFlag;
  }

  /** Also of what has become an experiment: it says what was dropped. */
  async list(actor: Actor, { slug }: { slug: string }): Promise<FlagSchedule> {
    await this.#requireAdmin(actor.userId);
    return { changes: await this.#schedule.list(slug) };
  }

  /** @throws FlagError `is_experiment`, `flag_not_found`, `not_later`, `too_many_scheduled` */
  async add(actor: Actor, input: ScheduleChangeInput): Promise<void> {
    const { id: actorId } = await this.#requireAdmin(actor.userId);
    const { slug, at, change } = scheduleChangeSchema.parse(input);
    const planned = await this.#requireLater(slug, at);
    if (planned >= MOST_SCHEDULED)
      throw new FlagError(
        "too_many_scheduled",
        sentence("This flag already has {{count}} scheduled changes. Remove one first.", {
          count: planned,
        }),
      );
    if (!(await this.#schedule.add(actorId, slug, at, change))) await this.#requirePlainFlag(slug);
  }

  /**
   * Also plans again what was dropped.
   *
   * @throws FlagError `is_experiment`, `flag_not_found`, `not_later`, `scheduled_change_not_found`
   */
  async update(actor: Actor, input: RescheduleInput): Promise<void> {
    const { id: actorId } = await this.#requireAdmin(actor.userId);
    const { slug, id, at, change } = rescheduleSchema.parse(input);
    await this.#requireLater(slug, at);
    if (await this.#schedule.update(actorId, slug, id, at, change)) return;
    await this.#requirePlainFlag(slug);
    throw notFound();
  }

  /** @throws FlagError `scheduled_change_not_found` */
  async remove(actor: Actor, input: ScheduledChangeInput): Promise<void> {
    const { id: actorId } = await this.#requireAdmin(actor.userId);
    const { slug, id } = scheduledChangeSchema.parse(input);
    if (!(await this.#schedule.remove(actorId, slug, id))) throw notFound();
  }

  async #requireLater(slug: string, at: string): Promise<number> {
    const planning = await this.#schedule.planningOf(slug, at);
    if (planning === null) {
      await this.#requirePlainFlag(slug);
      // It was an experiment, and became a flag in between.
      return this.#requireLater(slug, at);
    }
    if (!planning.isLater)
      throw new FlagError("not_later", "This time has passed. Choose a later one.", { field: "at" });
    return planning.planned;
  }
}

function notFound(): FlagError {
  return new FlagError(
    "scheduled_change_not_found",
    "This change is no longer scheduled. It was made, canceled or removed in the meantime.",
  );
}
