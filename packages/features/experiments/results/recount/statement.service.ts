import { written } from "@calcom/lib/sentence";
import type { MetricRegistry } from "../../metrics/registry";
import type { ExperimentConfigsRepository } from "../../serve/config/experiment-configs.repository";
import { ExperimentError } from "../../types/errors";
import { noSuchExperiment } from "../../utils/refusals";
import type { RecountRepository } from "./recount.repository";
import { buildRun, readCounted } from "./recount-run";
import { writeRecountScript } from "./recount-script";

export interface StatementParts {
  configs: Pick<ExperimentConfigsRepository, "loadMany">;
  metrics: Pick<MetricRegistry, "plan">;
  recounts: Pick<RecountRepository, "readAsOf">;
}

/** Writes down what a recount would run now. Nothing is counted. */
export class StatementService {
  readonly #parts: StatementParts;

  constructor(parts: StatementParts) {
    this.#parts = parts;
  }

  /** @throws ExperimentError `not_found`, `damaged_config` */
  async writeScript(slug: string): Promise<string> {
    const read = await readCounted(this.#parts, slug);
    if (read === null) throw noSuchExperiment(slug);
    if (!read.ok)
      throw new ExperimentError("damaged_config", `${slug} cannot be read. ${written(read.damage)}`);
    const asOf = await this.#parts.recounts.readAsOf();
    const unknown = read.counted.planning.unknown.map(({ key, fault }) => ({ key, fault: written(fault) }));
    return writeRecountScript(buildRun(read.counted, asOf), { asOf, unknown });
  }
}
