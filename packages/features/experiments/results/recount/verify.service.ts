import { ExperimentError } from "../../types/errors";
import type { RecountRepository } from "./recount.repository";
import type { ResultsRepository } from "./results.repository";
import { type Verification, verifyReceipt } from "./verify";

/** Runs the statement of a receipt again and compares. */
export class VerifyService {
  readonly #results: Pick<ResultsRepository, "findReceipt">;
  readonly #recounts: RecountRepository;

  constructor(results: Pick<ResultsRepository, "findReceipt">, recounts: RecountRepository) {
    this.#results = results;
    this.#recounts = recounts;
  }

  /** @throws ExperimentError `not_found` if the experiment has not been concluded */
  async verify(slug: string): Promise<Verification> {
    const receipt = await this.#results.findReceipt(slug);
    if (receipt === null)
      throw new ExperimentError("not_found", `${slug} has no receipt: it gets one when it is concluded.`);
    const { statement, parameters, concludedAt } = receipt;
    const { recount, digest } = await this.#recounts.runWithDigest(() => ({ statement, parameters }), {
      endedAt: concludedAt,
      form: receipt.digest.form ?? 1,
    });
    return verifyReceipt(receipt, recount, digest);
  }
}
