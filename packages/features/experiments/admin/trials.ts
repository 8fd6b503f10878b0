import type { AssignmentsRepository } from "../serve/assignments.repository";
import type { FactsRepository } from "../serve/facts.repository";
import type { FlagRowsRepository } from "../serve/flag-rows.repository";
import type { Facts } from "../types/answers";
import type { Trial } from "../types/audience";
import type { ExperimentConfig } from "../types/config";
import { ExperimentError } from "../types/errors";
import type { HostId } from "../types/host-id";
import type { ExperimentInput } from "../types/input";
import type { Unit } from "../types/settings";
import { type CompiledExperiment, compileExperiment } from "../utils/compile";
import { validateInput } from "../utils/config-changes";
import { decide } from "../utils/decide";
import { type FlagSaying, importedFor } from "../utils/former-flag";
import { type HostIds, readRuleIds } from "../utils/host-ids";
import { newConfig } from "../utils/new-config";
import { type ExperimentRecords, readExperiment } from "./records";

export interface TrialQuestion {
  slug?: string | undefined;
  input?: ExperimentInput | undefined;
  subjectId: HostId;
}

export interface TrialsParts {
  records: Pick<ExperimentRecords, "find">;
  facts: Pick<FactsRepository, "load">;
  assignments: Pick<AssignmentsRepository, "find">;
  flagRows: Pick<FlagRowsRepository, "find">;
  ids: HostIds;
  clock: () => Date;
}

/** Decides for one subject without writing anything. It does not check permissions: only services that do may use it. */
export class Trials {
  readonly #parts: TrialsParts;

  constructor(parts: TrialsParts) {
    this.#parts = parts;
  }

  /**
   * Runs `decide` on the settings of a form or on an experiment as it is stored. A draft is treated as if it were
   * running.
   *
   * @throws ExperimentError `not_found`, `damaged_config`, `invalid_config`, `invalid_id`
   */
  async run({ slug, input, subjectId }: TrialQuestion): Promise<Trial> {
    const config = await this.#findConfig(slug, input);
    if (config.unit === "visitor")
      throw new ExperimentError(
        "invalid_config",
        "Visitors can’t be searched by name. Open the page in a private window instead.",
      );
    const id = this.#parts.ids[config.unit](subjectId, "subjectId");
    const experiment = compileExperiment(slug ?? input?.slug ?? "", 0, config);
    const [facts, row, said] = await Promise.all([
      this.#loadFacts(config.unit, id),
      slug === undefined ? null : this.#findAssignment(slug, config.unit, id),
      this.#findSaying(experiment, id),
    ]);
    if (facts === null) throw refuseGone(config.unit);
    // A draft is tried as if it ran, and its start would give them the row.
    const stored = experiment.isLive && config.startedAt === null && said !== null ? importedFor(said) : row;
    const decision = decide(
      experiment,
      { unitId: String(id), facts, isBot: false, hasConsent: true, isRateLimited: false, said },
      stored,
      null,
      { now: this.#parts.clock().getTime(), random: () => 0 },
    );
    return {
      decision,
      isVariantKnown: stored !== null || (slug !== undefined && !experiment.isRandom),
      facts: experiment.targeting.frozen(facts),
      isStored: stored !== null,
    };
  }

  /** Salt and epoch come from the stored experiment, everything else from the form. */
  async #findConfig(slug: string | undefined, input: ExperimentInput | undefined): Promise<ExperimentConfig> {
    const stored = slug === undefined ? null : readExperiment(await this.#parts.records.find(slug)).config;
    const config = input === undefined ? stored : applyInput(this.#parts.ids, stored, input);
    if (config === null)
      throw new ExperimentError("invalid_config", "Choose an experiment, or enter its settings.");
    // The salt is made at creation. Until then it is not known which share a subject falls into.
    const trafficPercentage = stored === null ? 100 : config.trafficPercentage;
    return { ...config, trafficPercentage, status: config.status === "draft" ? "running" : config.status };
  }

  async #loadFacts(unit: "user" | "team", id: HostId): Promise<Facts | null> {
    const loaded = await this.#parts.facts.load(unit === "user" ? id : null, unit === "team" ? [id] : []);
    return (unit === "user" ? loaded.user : loaded.teams.get(id)) ?? null;
  }

  async #findSaying({ flag, slug, unit }: CompiledExperiment, id: HostId): Promise<FlagSaying | null> {
    if (flag === null) return null;
    const asked = { slug, userId: unit === "user" ? id : null, teamId: unit === "team" ? id : null };
    return (await this.#parts.flagRows.find([asked]))[0] ?? null;
  }

  async #findAssignment(slug: string, unit: Unit, id: HostId) {
    const [rows] = await this.#parts.assignments.find([{ slug, unit, unitId: String(id), personId: null }]);
    return rows?.[0] ?? null;
  }
}

function applyInput(ids: HostIds, stored: ExperimentConfig | null, input: ExperimentInput): ExperimentConfig {
  const { slug, description: _description, ...settings } = validateInput(input);
  const targetingRules = readRuleIds(ids, settings.targetingRules);
  return { ...(stored ?? newConfig({ name: slug, salt: slug })), ...settings, targetingRules };
}

function refuseGone(unit: "user" | "team"): ExperimentError {
  const [user, team] = [
    "This user no longer exists. Search again.",
    "This team no longer exists. Search again.",
  ];
  return new ExperimentError("not_found", unit === "user" ? user : team, { field: "subjectId" });
}
