import { sentence } from "@calcom/lib/sentence";
import type { ExperimentsRepository } from "../experiments.repository";
import { registrationOf } from "../metrics/registration";
import type { MetricRegistry } from "../metrics/registry";
import type { AccessService, Actor } from "../serve/access.service";
import type { ExperimentDetail } from "../types/admin";
import { type ExperimentConfig, noSuchVariant } from "../types/config";
import { ExperimentError } from "../types/errors";
import type { FrozenPlan } from "../types/planning";
import { NO_SCHEDULE, type Schedule } from "../types/settings";
import { inputOf, validInput } from "../utils/config-changes";
import { type Action, isLive, nextStatus } from "../utils/lifecycle";
import { permissionFor } from "../utils/permissions";
import { invalidTransition, refuseUnknownMetrics } from "../utils/refusals";
import type { ExperimentChangesRepository } from "./experiment-changes.repository";
import { configOf, type ExperimentRecords, type Version } from "./records";
import { registeredBefore } from "./registering";

export interface LifecycleParts {
  access: AccessService;
  records: ExperimentRecords;
  experiments: Pick<ExperimentsRepository, "countData">;
  changes: ExperimentChangesRepository;
  metrics: MetricRegistry;
  /** What the start freezes, as the forecast says it. */
  planOf: (slug: string, config: ExperimentConfig) => Promise<FrozenPlan>;
  clock: () => Date;
  concluded: (slug: string) => Promise<void>;
}

export interface StatusChange extends Version {
  action: Exclude<Action, "conclude">;
  /**
   * For a start: the planned subjects that the dialog showed. They are frozen even if the forecast has changed since. A
   * number that was typed into the settings wins.
   */
  plannedSubjects?: number | undefined;
}

interface Step {
  adjust?: (config: ExperimentConfig) => ExperimentConfig;
  shownPlan?: number | undefined;
}

/** Starts, pauses, ends and deletes experiments. */
export class LifecycleService {
  readonly #parts: LifecycleParts;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
  }

  /**
   * Start, pause, resume, turn off, turn on, archive. Concluding has a method of its own, because it takes a winner.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `invalid_transition`, `stale_version`,
   * `damaged_config`, `invalid_config`
   */
  async updateStatus(
    actor: Actor,
    { slug, version, action, plannedSubjects }: StatusChange,
  ): Promise<ExperimentDetail> {
    const actorId = await this.#parts.access.authorize(actor, permissionFor[action]);
    return this.transition(actorId, { slug, version }, action, { shownPlan: plannedSubjects });
  }

  /**
   * Ends the experiment for good. From now on everybody gets the winner, or control if there is none.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `invalid_transition`, `stale_version`,
   * `damaged_config`; `invalid_config` at `winnerVariant` for a variant that does not exist
   */
  async conclude(
    actor: Actor,
    { slug, version, winnerVariant }: Version & { winnerVariant: string | null },
  ): Promise<ExperimentDetail> {
    const actorId = await this.#parts.access.authorize(actor, permissionFor.conclude);
    const adjust = (config: ExperimentConfig) => {
      if (winnerVariant !== null && !config.variants.some(({ name }) => name === winnerVariant))
        throw new ExperimentError("invalid_config", noSuchVariant(winnerVariant, config.variants), {
          field: "winnerVariant",
        });
      return { ...config, winnerVariant, endedAt: this.#parts.clock().toISOString() };
    };
    return this.transition(actorId, { slug, version }, "conclude", { adjust });
  }

  /**
   * Deletes an experiment with everything it has gathered. If there is data, `confirmSlug` must repeat the slug.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `stale_version`; `has_data` without that
   * confirmation
   */
  async delete(actor: Actor, { slug, version, confirmSlug }: Version & { confirmSlug?: string | undefined }) {
    const actorId = await this.#parts.access.authorize(actor, "decide");
    await this.#parts.records.findVersion({ slug, version });
    const data = await this.#parts.experiments.countData(slug);
    if (data.assignments > 0 && confirmSlug !== slug)
      throw new ExperimentError(
        "has_data",
        sentence(
          "Deleting {{slug}} destroys {{assignments}} assignments and {{conversions}} conversions. Archive it, or type its slug to delete it.",
          { slug, ...data },
        ),
        { field: "confirmSlug", details: data },
      );
    if (!(await this.#parts.changes.delete(actorId, slug, version)))
      throw await this.#parts.records.stale(slug);
    await this.#parts.records.forget(slug);
    return { deleted: data };
  }

  /**
   * Takes one step of the lifecycle. The caller has authorised the actor; null stands for the schedule.
   *
   * @throws ExperimentError `not_found`, `invalid_transition`, `stale_version`, `damaged_config`, `invalid_config`
   */
  async transition(
    actorId: number | null,
    { slug, version }: Version,
    action: Action,
    { adjust = (config) => config, shownPlan }: Step = {},
  ): Promise<ExperimentDetail> {
    const row = await this.#parts.records.findVersion({ slug, version });
    const before = configOf(row);
    const status = nextStatus(before.status, action);
    if (status === null) throw invalidTransition(slug, before.status, action);
    const config = adjust({
      ...before,
      status,
      schedule: this.#scheduleAfter(action, before.schedule),
      registeredMetrics:
        action === "start"
          ? registrationOf(this.#parts.metrics.plan(before))
          : registeredBefore(this.#parts.metrics, before),
    });
    const opensEpoch = action === "start" || action === "turn_on";
    if (opensEpoch) {
      validInput(inputOf(slug, row.description, before));
      if (action === "start") {
        refuseUnknownMetrics(this.#parts.metrics, before);
        const { subjects, source } = await this.#parts.planOf(slug, before);
        const { plannedSubjects } = before.analysis;
        config.analysis = { ...before.analysis, plannedSubjects: plannedSubjects ?? shownPlan ?? subjects };
        config.plannedBy = source;
      }
      config.epoch = before.epoch + 1;
      config.startedAt ??= this.#parts.clock().toISOString();
    }
    await this.#parts.changes.change(actorId, async (transaction) => {
      await this.#parts.records.save(
        transaction,
        { slug, version },
        { config, description: row.description },
      );
      if (!isLive(status)) await transaction.closeEpoch(slug);
      if (opensEpoch) await transaction.openEpoch(slug, config);
    });
    const detail = await this.#parts.records.changed(slug);
    if (action === "conclude") await this.#parts.concluded(slug);
    return detail;
  }

  /**
   * A step that was taken by hand must not be repeated by the schedule, and an overdue end must not undo it a moment
   * later.
   */
  #scheduleAfter(action: Action, { startAt, stopAt }: Schedule): Schedule {
    if (action === "conclude" || action === "archive") return NO_SCHEDULE;
    const isOverdue = stopAt !== null && Date.parse(stopAt) <= this.#parts.clock().getTime();
    return { startAt: action === "start" ? null : startAt, stopAt: isOverdue ? null : stopAt };
  }
}
