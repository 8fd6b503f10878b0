import type { Analysis } from "@calcom/statistics";
import type { ReportFacts } from "../../results/report";
import type { StoredResult } from "../../results/types";
import { commonLiftScale, drawnLifts } from "../analytics/charts/lift-scale";
import { guardrailsText } from "../analytics/guardrail-words";
import { impactText } from "../analytics/impact-words";
import { isCompared } from "../analytics/is-compared";
import { verdictWords } from "../analytics/verdict-words";
import { type Words, wordsFor } from "../analytics/words";
import { controlFirst } from "../shared/variant-order";
import { isInterim } from "./build-decision";
import { COLUMN_SHARES, type ReportBlock, type ReportSection } from "./document";
import { exposedBy, measuredRows } from "./measured-rows";
import { metricTable, tellsImpact } from "./metric-table";
import type { ReportWords } from "./words";

/** The moment that all figures of a report are about: the one up to which the statistics look, as soon as they do. */
export function asOfReport(result: StoredResult | null): Date | null {
  return result === null ? null : new Date(result.look ?? result.asOf);
}

/** The verdict, and the figures behind it; where they are withheld, why. */
export function buildResult(facts: ReportFacts, { t, figures }: ReportWords): ReportSection {
  const { view } = facts;
  const title = t("experiment_results");
  const { result } = view;
  if (result === null) return { title, blocks: [{ kind: "text", text: t("results_not_counted_yet") }] };
  const words = wordsFor(result, t, figures);
  const compared = isCompared(result, view) ? result.analysis : null;
  const texts = [
    isInterim(facts) ? t("report_interim_text") : null,
    compared === null ? null : impactText(result, words),
    compared === null ? null : guardrailsText(result, words),
  ];
  return {
    title,
    blocks: [
      { kind: "verdict", ...verdictWords(result, words) },
      ...texts.flatMap((text): ReportBlock[] =>
        text === null || text === "" ? [] : [{ kind: "text", text }],
      ),
      { kind: "rows", rows: measuredRows(result, compared, words) },
      ...(compared === null ? [participantsTable(result, words)] : metricTables(result, compared, words)),
    ],
  };
}

/** Who has seen what: all that may be said by variant while nothing is compared. */
function participantsTable(result: StoredResult, { t, figures }: Words): ReportBlock {
  const rows = controlFirst(
    result.variants.map((name) => ({ name })),
    result.control,
  );
  const exposed = exposedBy(result);
  return {
    kind: "table",
    title: null,
    note: null,
    columns: [
      { label: t("experiment_variant"), isNumeric: false, share: COLUMN_SHARES.variant },
      { label: t("results_participants"), isNumeric: true, share: COLUMN_SHARES.count },
    ],
    rows: rows.map(({ name }) => [name, figures.count(exposed[name] ?? 0)]),
  };
}

const ROLES = ["primary", "secondary", "guardrail"] as const;

function metricTables(result: StoredResult, analysis: Analysis, words: Words): ReportBlock[] {
  const scale = commonLiftScale(analysis.metrics.flatMap(drawnLifts));
  const known = analysis.metrics.flatMap((metric) => {
    const info = result.metrics.find(({ key }) => key === metric.metric.id);
    return info === undefined ? [] : [{ metric, info }];
  });
  const hasMonth = known.some(({ metric }) => tellsImpact(metric, result));
  return ROLES.flatMap((role) => known.filter(({ info }) => info.role === role)).map(({ metric, info }) =>
    metricTable(metric, info, { result, analysis, words, scale, hasMonth }),
  );
}
