import { isAppError } from "@calcom/lib/errors";
import type { ExperimentRow } from "../experiments.repository";
import type { MetricRegistry } from "../metrics/registry";
import type { MetricTrials } from "../results/recount/metric-trials";
import type { ExperimentDetail } from "../types/admin";
import type { ExperimentConfig } from "../types/config";
import type { HostId } from "../types/host-id";
import type { FrozenPlan } from "../types/planning";
import { nextStatus } from "../utils/lifecycle";
import { planStep, refuseStep, type Step, withChoices } from "../utils/plan-step";
import { readStoredConfig } from "../utils/stored-config";
import type { ChecklistRepository } from "./checklist.repository";
import { refuseOpenItems } from "./checklist.service";
import type { Version } from "./experiment-changes.repository";
import type { HeldMetrics } from "./held-metrics";
import { type ExperimentRecords, readExperiment } from "./records";

export interface LifecycleStepsParts {
  records: ExperimentRecords;
  metrics: MetricRegistry;
  trials: Pick<MetricTrials, "refuseFaulty">;
  held: Pick<HeldMetrics, "holdDraft">;
  checklist: Pick<ChecklistRepository, "listFor">;
  /** The plan that a start freezes, as the forecast says it. */
  planStart: (slug: string, config: ExperimentConfig) => Promise<FrozenPlan>;
  clock: () => Date;
  /** Makes the receipt. Never throws: a failure is made up for in the background. */
  settle: (slug: string) => Promise<void>;
}

/** Takes steps of the lifecycle. It does not check permissions: only services that do may use it. */
export class LifecycleSteps {
  readonly #parts: LifecycleStepsParts;

  constructor(parts: LifecycleStepsParts) {
    this.#parts = parts;
  }

  /**
   * @param actorId null for the schedule
   * @throws ExperimentError `not_found`, `invalid_transition`, `stale_version`, `damaged_config`, `invalid_config`
   */
  async take(actorId: HostId | null, of: Version, step: Step): Promise<ExperimentDetail> {
    const { records, metrics, held, trials, checklist, planStart, clock, settle } = this.#parts;
    const present = withChoices(readExperiment(await records.findVersion(of)), step);
    // Later versions of its metrics are none of its business.
    const before = step.action === "start" ? await held.holdDraft(present) : present;
    refuseStep(before, step, metrics);
    if (step.action === "start") {
      await trials.refuseFaulty(before.config);
      refuseOpenItems(await checklist.listFor(of.slug));
    }
    const frozen = step.action === "start" ? await planStart(of.slug, before.config) : null;
    const isScheduled = actorId === null;
    const change = planStep(before, step, { metrics, frozen, now: clock(), isScheduled });
    const detail = await records.save(actorId, of, change);
    if (step.action === "conclude") await settle(of.slug);
    return detail;
  }

  /**
   * Ends an experiment that is about to be destroyed, without a receipt, and returns the version to go on from. Those
   * who take part go on writing to their rows, and would wait for whoever destroys them, with all else they do.
   *
   * @throws ExperimentError `stale_version`
   */
  async endForGood(actorId: HostId, row: ExperimentRow): Promise<number> {
    const { records, metrics, clock } = this.#parts;
    const stored = readStoredConfig(row);
    if (!stored.ok || nextStatus(stored.config.status, "conclude") === null) return row.version;
    const step = { action: "conclude", winnerVariant: null } as const;
    const facts = { metrics, frozen: null, now: clock(), isScheduled: false };
    try {
      return await records.write(actorId, row, planStep(readExperiment(row), step, facts));
    } catch (error) {
      // From before there was a lifecycle, without what an experiment needs: nobody takes part.
      if (isAppError(error) && error.code === "invalid_config") return row.version;
      throw error;
    }
  }
}
