import type { Translate } from "@calcom/lib/i18n";
import type { Figures } from "../analytics/charts/figures";

/** What a report is written with. */
export interface ReportWords {
  t: Translate;
  figures: Figures;
}
