import type { MetricRegistry } from "../../metrics/registry";
import type { AsksRepository } from "../../serve/asks.repository";
import type { ExperimentConfig } from "../../types/config";
import { damagedConfig, noSuchExperiment } from "../../utils/refusals";
import { readStoredConfig, type StoredFeature } from "../../utils/stored-config";
import { hidePeople, type ReportFacts, trimResult } from "../report";
import { listReportedMetrics } from "../reported-metrics";
import type { ReadableResults } from "./readable-results";
import type { ReportNamesRepository } from "./report-names.repository";

export type { ReportFacts } from "../report";

export interface ReportReaderParts {
  experiments: { find(slug: string): Promise<(StoredFeature & { description: string }) | null> };
  readable: Pick<ReadableResults, "find">;
  metrics: MetricRegistry;
  asks: Pick<AsksRepository, "findLast">;
  names: Pick<ReportNamesRepository, "listTeams" | "findPeople">;
}

/** Gathers what a report says. It does not check permissions: only services that do may use it. */
export class ReportReader {
  readonly #parts: ReportReaderParts;

  constructor(parts: ReportReaderParts) {
    this.#parts = parts;
  }

  /**
   * With the names of people and teams, for those who have a role.
   *
   * @throws ExperimentError `not_found`, `damaged_config`
   */
  async read(slug: string): Promise<ReportFacts> {
    const { names, asks } = this.#parts;
    const { facts, config } = await this.#readNameless(slug);
    const { teamIds = [], organizationIds = [] } = config.targetingRules;
    const [people, teams, lastAsk] = await Promise.all([
      names.findPeople(slug, config.ownerId),
      names.listTeams([...teamIds, ...organizationIds]),
      asks.findLast(slug),
    ]);
    return { ...facts, audience: { kind: "named", rules: config.targetingRules, teams }, people, lastAsk };
  }

  /**
   * For everybody: without names, addresses, and what is asked of attributes.
   *
   * @throws ExperimentError `not_found`, `damaged_config`
   */
  async readForAll(slug: string): Promise<ReportFacts> {
    return hidePeople((await this.#readNameless(slug)).facts);
  }

  async #readNameless(slug: string): Promise<{ facts: ReportFacts; config: ExperimentConfig }> {
    const { experiments, readable, metrics } = this.#parts;
    const row = await experiments.find(slug);
    if (row === null) throw noSuchExperiment(slug);
    const stored = readStoredConfig(row);
    if (!stored.ok) throw damagedConfig(stored.damage);
    const { config } = stored;
    const { view } = await readable.find(slug);
    const facts: ReportFacts = {
      slug,
      description: row.description,
      name: config.name,
      status: config.status,
      hypothesis: config.hypothesis,
      learning: config.learning,
      unit: config.unit,
      variants: config.variants.map(({ name, percentage }) => ({ name, percentage })),
      control: config.control,
      trafficPercentage: config.trafficPercentage,
      conversionWindowDays: config.conversionWindowDays,
      withoutMetric: config.withoutMetric,
      analysis: config.analysis,
      plannedBy: config.plannedBy,
      startedAt: config.startedAt,
      endedAt: config.endedAt,
      winnerVariant: config.winnerVariant,
      conclusionReason: config.conclusionReason,
      takenBack: config.takenBack,
      isConverted: config.convertedFrom !== null,
      isTurnedOff: config.convertedFrom?.isTurnedOff ?? false,
      audience: { kind: "named", rules: config.targetingRules, teams: {} },
      metrics: listReportedMetrics(config, metrics.plan(config), view.result),
      view: {
        figures: view.figures,
        isAllWithheld: view.isAllWithheld,
        result: view.result && trimResult(view.result),
        receipt: view.receipt,
      },
      people: null,
      lastAsk: null,
    };
    return { facts, config };
  }
}
