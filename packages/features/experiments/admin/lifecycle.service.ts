import { isAppError } from "@calcom/lib/errors";
import { sentence } from "@calcom/lib/sentence";
import type { ExperimentsRepository } from "../experiments.repository";
import type { ReadableResults } from "../results/recount/readable-results";
import type { AccessService, Actor } from "../serve/access.service";
import type { ExperimentDetail } from "../types/admin";
import { CONCLUSION_REASONS, type ConclusionReason } from "../types/conclusion";
import { ExperimentError } from "../types/errors";
import { hasPrimary } from "../types/metrics";
import { openReasons } from "../types/open-reasons";
import { type Action, nextStatus } from "../utils/lifecycle";
import { permissionFor } from "../utils/permissions";
import type { Conclusion } from "../utils/plan-step";
import { standingOf } from "../utils/standing";
import { readStoredConfig } from "../utils/stored-config";
import { planTakeBack } from "../utils/take-back";
import type { DeletionRepository } from "./deletion.repository";
import type { GatheredData } from "./destroy-rows";
import type { Version } from "./experiment-changes.repository";
import type { LifecycleSteps } from "./lifecycle-steps";
import { type ExperimentRecords, readExperiment } from "./records";

export interface LifecycleParts {
  access: AccessService;
  records: ExperimentRecords;
  steps: LifecycleSteps;
  experiments: Pick<ExperimentsRepository, "find" | "hasAssignments">;
  deletion: DeletionRepository;
  readable: Pick<ReadableResults, "find">;
  clock: () => Date;
}

export interface StatusChange extends Version {
  action: Exclude<Action, "conclude">;
  /**
   * For a start: the planned subjects that the dialog showed. They are frozen even if the forecast has changed since. A
   * number that was typed into the settings wins.
   */
  plannedSubjects?: number | undefined;
  /** For a start: the primary metric, where it is chosen along with it. */
  primaryMetric?: string | undefined;
  /** For a start without a primary metric: why. It is kept with the experiment, and in the audit log. */
  withoutMetric?: string | undefined;
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
   * `damaged_config`, `invalid_config`; that at `metrics` for a start without a primary metric and without a reason
   */
  async updateStatus(
    actor: Actor,
    { slug, version, action, plannedSubjects, primaryMetric, withoutMetric }: StatusChange,
  ): Promise<ExperimentDetail> {
    const actorId = await this.#parts.access.authorize(actor, permissionFor[action]);
    if (action !== "start") return this.#parts.steps.take(actorId, { slug, version }, { action });
    if (primaryMetric !== undefined) await this.#parts.access.authorize(actor, "edit");
    const step = { action, shownPlan: plannedSubjects, primaryMetric, withoutMetric };
    return this.#parts.steps.take(actorId, { slug, version }, step);
  }

  /**
   * Ends the experiment for good. From now on everybody gets the winner, or control if there is none. The reason and what
   * was learnt are kept with it; the learning can be edited afterwards.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `invalid_transition`, `stale_version`,
   * `damaged_config`; `invalid_config` at `winnerVariant` for a variant that does not exist, and at `reason` for one that
   * rests on a comparison which is withheld
   */
  async conclude(
    actor: Actor,
    { slug, version, ...conclusion }: Version & Conclusion,
  ): Promise<ExperimentDetail> {
    const actorId = await this.#parts.access.authorize(actor, permissionFor.conclude);
    if (conclusion.reason != null) await this.#refuseUntold(slug, conclusion.reason);
    return this.#parts.steps.take(
      actorId,
      { slug, version },
      {
        action: "conclude",
        ...conclusion,
      },
    );
  }

  /** While comparisons are withheld, refuses the reasons that say how the variants compare. */
  async #refuseUntold(slug: string, reason: ConclusionReason): Promise<void> {
    const { view, asked } = await this.#parts.readable.find(slug);
    // What cannot be concluded at all is refused for that.
    if (nextStatus(asked.status, "conclude") === null) return;
    const open = openReasons({
      isAllWithheld: view.isAllWithheld,
      verdict: asked.result?.analysis?.verdict.code ?? null,
      hasPrimary: asked.config !== null && hasPrimary(asked.config),
    });
    // What is no reason at all is refused with the rest of the configuration.
    if (open.includes(reason) || !CONCLUSION_REASONS.includes(reason)) return;
    const text =
      "The variants can’t be compared yet, so this can’t be the reason. Choose another reason, or wait for the results.";
    throw new ExperimentError("invalid_config", text, { field: "reason" });
  }

  /**
   * Withdraws what a conclusion has everybody served, within a day of it: without the winner, control is. What was
   * measured stays closed, with its reason and its receipt.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `stale_version`, `damaged_config`;
   * `invalid_transition` where no winner is served, or has been for longer than a day
   */
  async takeBackWinner(actor: Actor, { slug, version }: Version): Promise<ExperimentDetail> {
    const { access, records, clock } = this.#parts;
    const actorId = await access.authorize(actor, permissionFor.conclude);
    const before = readExperiment(await records.findVersion({ slug, version }));
    return records.save(actorId, { slug, version }, planTakeBack(before, clock()));
  }

  /**
   * The switch of a flag that has become an experiment, as it is pulled among the flags: off is control for everybody,
   * in every state, and on gives back what was there. False if it never was a flag.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `damaged_config`
   */
  async switchFlag(actor: Actor, { slug, isOn }: { slug: string; isOn: boolean }): Promise<boolean> {
    const { access, steps, experiments } = this.#parts;
    const action = isOn ? "turn_on" : "turn_off";
    const actorId = await access.authorize(actor, permissionFor[action]);
    for (let attempt = 1; ; attempt++) {
      const row = await experiments.find(slug);
      if (row === null) return false;
      const standing = standingOf(readExperiment(row).config);
      if (!standing.isConverted) return false;
      if (isOn !== (standing.isTurnedOff || standing.status === "off")) return true;
      try {
        await steps.take(actorId, { slug, version: row.version }, { action });
        return true;
      } catch (error) {
        // Somebody saved in between. Turning off overwrites nothing of that, so it goes ahead.
        if (attempt === 3 || !isAppError(error) || error.code !== "stale_version") throw error;
      }
    }
  }

  /**
   * Deletes an experiment with everything it has gathered, and says how much. If there is data, `confirmSlug` must
   * repeat the slug. Where people still take part, it is concluded first. What was a flag takes the flag with it, so
   * that it needs that confirmation too, and the right over flags.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `stale_version`; `has_data` without that
   * confirmation
   */
  async delete(
    actor: Actor,
    { slug, version, confirmSlug }: Version & { confirmSlug?: string | undefined },
  ): Promise<{ deleted: GatheredData }> {
    const { access, records, steps, deletion, experiments } = this.#parts;
    const actorId = await access.authorize(actor, "decide");
    const row = await records.findVersion({ slug, version });
    const stored = readStoredConfig(row);
    const isFlag = stored.ok && stored.config.convertedFrom !== null;
    if (isFlag) await access.authorize(actor, "convert");
    const hasData = await experiments.hasAssignments(slug);
    if ((hasData || isFlag) && confirmSlug !== slug)
      throw refuseData(slug, await deletion.count(slug), isFlag);
    const present = hasData ? await steps.endForGood(actorId, row) : version;
    const deleted = await deletion.delete(actorId, { slug, version: present });
    if (deleted === null) throw await records.findStale(slug);
    await records.refresh(slug);
    return { deleted };
  }
}

function refuseData(slug: string, data: GatheredData, isFlag: boolean): ExperimentError {
  const text = isFlag
    ? "Deleting {{slug}} deletes the flag too, so everyone who has it loses it. Its data goes with it (assignments: {{assignments}}, conversions: {{conversions}}). Convert it back to a flag or archive it, or type its slug to delete it."
    : "Deleting {{slug}} deletes its data (assignments: {{assignments}}, conversions: {{conversions}}). Archive it, or type its slug to delete it.";
  return new ExperimentError("has_data", sentence(text, { slug, ...data }), {
    field: "confirmSlug",
    details: { ...data },
  });
}
