import { isAppError } from "@calcom/lib/errors";
import type { ReportFacts, ReportReader } from "../results/recount/report-reader";
import type { LinkKeeper } from "../serve/link-keeper";
import { hashToken } from "./reports.service";

/** Reports that a link opens. */
export class SharedReportsService {
  readonly #parts: { keeper: LinkKeeper; reader: ReportReader };

  constructor(parts: { keeper: LinkKeeper; reader: ReportReader }) {
    this.#parts = parts;
  }

  /**
   * The report as of now, without names of people. Null for a secret that was never issued, that
   * was taken back or has expired, or whose maker may make no more. All of these cost the same one statement.
   */
  async open(token: string): Promise<ReportFacts | null> {
    const { keeper, reader } = this.#parts;
    const slug = await keeper.findOpened(hashToken(token));
    if (slug === null) return null;
    try {
      return await reader.readForAll(slug);
    } catch (error) {
      if (isAppError(error) && NOT_THERE.has(error.code)) return null;
      throw error;
    }
  }
}

const NOT_THERE: ReadonlySet<string> = new Set(["not_found", "damaged_config"]);
