import type { Analysis } from "@calcom/statistics";
import { findImpact, readTraffic } from "../../results/impact";
import type { StoredResult } from "../../results/types";
import { populationText } from "../analytics/end-words";
import { hasRaised, levelsText } from "../analytics/lift-words";
import { analysedUnits } from "../analytics/progress";
import { splitText } from "../analytics/split-words";
import { subjects, type Words } from "../analytics/words";
import { type ReportRow, rowOf } from "./document";

/** Exposed participants by variant, as of the moment that the whole report is about. */
export function exposedBy({ exposed, analysis }: StoredResult): Record<string, number> {
  const split = analysis?.split;
  if (split === undefined || split.status === "no_data") return exposed;
  return Object.fromEntries(split.variants.map(({ variant, observed }) => [variant, observed]));
}

/** Whom the figures are about, how sure they are, and whether they can be trusted. */
export function measuredRows(
  result: StoredResult,
  /** Null while nothing is compared. */
  compared: Analysis | null,
  words: Words,
): ReportRow[] {
  const { t, figures } = words;
  const all = Object.values(exposedBy(result)).reduce((sum, count) => sum + count, 0);
  const { unmeasured = [] } = result;
  const comparisons = (compared?.metrics ?? []).flatMap((metric) => metric.comparisons);
  return [
    ...rowOf(t("report_exposed"), subjects(all, words)),
    ...rowOf(
      t("results_receipt_population"),
      compared !== null && (populationText(result, words) ?? subjects(analysedUnits(result), words)),
    ),
    ...rowOf(t("report_split"), splitText(result, REPORT_SPLIT, words)),
    ...rowOf(
      t("report_level"),
      levelsText(comparisons, figures),
      hasRaised(comparisons) && t("results_interval_raised"),
    ),
    ...rowOf(t("report_per_month"), compared !== null && impactBasis(result, compared, words)),
    ...rowOf(
      t("report_unmeasured"),
      ...unmeasured.map(({ key }) =>
        t("report_unmeasured_why", { metric: words.nameOf(key), fault: words.faultOf(key) }),
      ),
    ),
  ];
}

const REPORT_SPLIT = {
  fine: "report_split_fine",
  furthest: "report_split_fine_furthest",
  off: "experiment_split_is_off",
};

/** What an impact per month is told at; null where none is told. */
function impactBasis(result: StoredResult, { metrics }: Analysis, { t, figures }: Words): string | null {
  const traffic = readTraffic(result);
  const [impact] = metrics.flatMap(({ metric, comparisons }) =>
    comparisons.flatMap((one) => findImpact(metric.kind, one, traffic) ?? []),
  );
  if (impact === undefined) return null;
  const participants = figures.sum(impact.unitsPerMonth, { kind: "mean" }, 1);
  return t("results_impact_hint", { participants });
}
