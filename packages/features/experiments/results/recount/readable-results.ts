import type { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import type { ExperimentConfig } from "../../types/config";
import { noSuchExperiment } from "../../utils/refusals";
import { readStatus, readStoredConfig } from "../../utils/stored-config";
import { hidePeople } from "../hide-people";
import type { ResultsView } from "../types";
import { withholdResult } from "../withhold";
import { type Asked, findWithholding } from "../withholding";
import type { ResultsRepository } from "./results.repository";

export interface ReadableResult {
  /** The part of a result that everybody who sees experiments may read. */
  view: ResultsView;
  /** What decides about it, figures that wait included. */
  asked: Asked & { config: ExperimentConfig | null };
}

/** Leaves out of stored results what waits: the one way out of the services, so that no door shows more than another. */
export class ReadableResults {
  readonly #parts: {
    configs: Pick<ExperimentConfigsRepository, "loadMany">;
    results: Pick<ResultsRepository, "find">;
  };

  constructor(parts: {
    configs: Pick<ExperimentConfigsRepository, "loadMany">;
    results: Pick<ResultsRepository, "find">;
  }) {
    this.#parts = parts;
  }

  /** @throws ExperimentError `not_found` */
  async find(slug: string): Promise<ReadableResult> {
    const [{ result, receipt }, [row]] = await Promise.all([
      this.#parts.results.find(slug),
      this.#parts.configs.loadMany([slug]),
    ]);
    if (row === undefined) throw noSuchExperiment(slug);
    const stored = readStoredConfig(row);
    const config = stored.ok ? stored.config : null;
    const asked = { status: readStatus(row), endedAt: config?.endedAt ?? null, result, config };
    const withholding = findWithholding(asked);
    const view: ResultsView = {
      slug,
      figures: withholding === null ? "all" : "withheld",
      isAllWithheld: withholding?.isAll ?? false,
      counts: null,
      result: result && hidePeople(withholding === null ? result : withholdResult(result, withholding)),
      receipt,
    };
    return { view, asked };
  }
}
