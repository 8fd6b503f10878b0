import { randomUUID } from "node:crypto";
import type { ExperimentRow, ExperimentsRepository } from "../experiments.repository";
import type { MetricRegistry } from "../metrics/registry";
import type { MetricTrials } from "../results/recount/metric-trials";
import type { AccessService, Actor } from "../serve/access.service";
import type { ExperimentDetail } from "../types/admin";
import type { HostId } from "../types/host-id";
import type { ExperimentInput, ExperimentPatch } from "../types/input";
import { NO_SCHEDULE } from "../types/settings";
import { toInput, validateInput } from "../utils/config-changes";
import { type HostIds, readRuleIds } from "../utils/host-ids";
import { newConfig } from "../utils/new-config";
import { type PresentExperiment, planChange } from "../utils/plan-change";
import { damagedConfig, refuseUnknownMetrics, slugTaken } from "../utils/refusals";
import { readStoredConfig } from "../utils/stored-config";
import { refuseMixedGroups } from "./exclusion-groups";
import type { ExperimentChangesRepository, Version } from "./experiment-changes.repository";
import type { HeldMetrics } from "./held-metrics";
import { type ExperimentRecords, readExperiment } from "./records";

export interface EditingParts {
  access: AccessService;
  records: ExperimentRecords;
  experiments: Pick<ExperimentsRepository, "findUnitsInGroups" | "hasAssignments">;
  changes: Pick<ExperimentChangesRepository, "create">;
  metrics: MetricRegistry;
  held: Pick<HeldMetrics, "hold" | "holdDraft" | "fill">;
  trials: Pick<MetricTrials, "refuseFaulty">;
  ids: HostIds;
}

/** Creates, duplicates and configures experiments. */
export class EditingService {
  readonly #parts: EditingParts;

  constructor(parts: EditingParts) {
    this.#parts = parts;
  }

  /**
   * Creates a draft with a salt of its own.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `slug_taken`, `invalid_config`
   */
  async create(actor: Actor, input: ExperimentInput): Promise<ExperimentDetail> {
    const actorId = await this.#parts.access.authorize(actor, "edit");
    const settings = await this.#parts.held.hold(validateInput(input));
    refuseUnknownMetrics(this.#parts.metrics, settings);
    await this.#parts.trials.refuseFaulty(settings);
    return this.#create(actorId, input);
  }

  /**
   * Creates a draft with the same settings and a slug and a salt of its own, so that no assignment carries over.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `damaged_config`, `slug_taken`,
   * `invalid_config`
   */
  async duplicate(
    actor: Actor,
    { slug, newSlug, name }: { slug: string; newSlug: string; name: string },
  ): Promise<ExperimentDetail> {
    const actorId = await this.#parts.access.authorize(actor, "edit");
    const { config, description } = readExperiment(await this.#parts.records.find(slug));
    const settings = toInput(newSlug, description, config);
    // Keep a typed number only. A number that a forecast froze belongs to the original: the copy's start makes its own.
    const isForecast = config.plannedBy !== null && config.plannedBy !== "typed";
    const analysis = isForecast ? { ...config.analysis, plannedSubjects: null } : config.analysis;
    // The reason for having no metric is not copied: the copy's start asks for one again.
    const own = { analysis, withoutMetric: null, schedule: NO_SCHEDULE, learning: "" };
    return this.#create(actorId, { ...settings, name, ...own });
  }

  /**
   * Changes only the settings that the patch names.
   *
   * @throws ExperimentError `not_signed_in`, `not_allowed`, `not_found`, `stale_version`, `locked_field`,
   * `invalid_config`, `damaged_config`
   */
  async updateConfig(
    actor: Actor,
    { slug, version, patch }: Version & { patch: ExperimentPatch },
  ): Promise<ExperimentDetail> {
    const { access, records, experiments, metrics, held, trials, ids } = this.#parts;
    const actorId = await access.authorize(actor, "edit");
    const before = await this.#readEditable(await records.findVersion({ slug, version }), actorId);
    const { targetingRules } = patch;
    const read =
      targetingRules === undefined ? patch : { ...patch, targetingRules: readRuleIds(ids, targetingRules) };
    const change = planChange(await held.holdDraft(before, read.metrics, before.config), read, metrics);
    if (change.changed.includes("metrics") || change.changed.includes("unit"))
      await trials.refuseFaulty(change.config, before.config);
    if (change.changed.includes("exclusionGroups")) await refuseMixedGroups(experiments, slug, change.config);
    return records.save(actorId, { slug, version }, change);
  }

  async #create(actorId: HostId, input: ExperimentInput): Promise<ExperimentDetail> {
    const { slug, description, ...given } = validateInput(input);
    const targetingRules = readRuleIds(this.#parts.ids, given.targetingRules);
    const settings = { ...given, targetingRules };
    await refuseMixedGroups(this.#parts.experiments, slug, settings);
    // A salt of its own: with the slug as salt, similar names could lead to similar assignments.
    const config = newConfig(
      await this.#parts.held.fill({ ...settings, salt: randomUUID(), ownerId: actorId }),
    );
    try {
      await this.#parts.changes.create(actorId, slug, { config, description });
    } catch (cause) {
      throw slugTaken(slug, cause) ?? cause;
    }
    await this.#parts.records.refresh(slug);
    return this.#parts.records.describe(slug);
  }

  /** A damaged experiment without data starts over from a blank draft, so that it can be repaired in the form. */
  async #readEditable(row: ExperimentRow, ownerId: HostId): Promise<PresentExperiment> {
    const { slug, description } = row;
    const stored = readStoredConfig(row);
    if (stored.ok) return { slug, description, config: stored.config };
    if (await this.#parts.experiments.hasAssignments(slug)) throw damagedConfig(stored.damage);
    return { slug, description, config: newConfig({ name: slug, salt: slug, ownerId }) };
  }
}
