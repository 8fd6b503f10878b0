import type { MetricRegistry } from "../metrics/registry";
import type { ReadableResults } from "../results/recount/readable-results";
import { hidePeople, type ReportFacts, trimResult } from "../results/report";
import type { AsksRepository } from "../serve/asks.repository";
import type { ExperimentConfig } from "../types/config";
import type { ExperimentRecords } from "./records";
import { readExperiment } from "./records";
import type { ReportNamesRepository } from "./report-names.repository";

export interface ReportReaderParts {
  records: Pick<ExperimentRecords, "find">;
  readable: Pick<ReadableResults, "find">;
  metrics: MetricRegistry;
  asks: Pick<AsksRepository, "findLast">;
  names: Pick<ReportNamesRepository, "listTeams" | "findPeople">;
}

/** Gathers what a report says. It checks no permission, and no door hands it out. */
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
    const { records, readable, metrics } = this.#parts;
    const { config, description } = readExperiment(await records.find(slug));
    const { view } = await readable.find(slug);
    const facts: ReportFacts = {
      slug,
      description,
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
      audience: { kind: "named", rules: config.targetingRules, teams: {} },
      metrics: metrics.plan(config).metrics.map(({ metric, role, isChosenAfterStart }) => ({
        key: metric.key,
        name: metric.name,
        role,
        ...(isChosenAfterStart && { isChosenAfterStart }),
      })),
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
