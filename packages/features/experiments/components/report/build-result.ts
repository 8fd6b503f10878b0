import type { Analysis } from "@calcom/statistics";
import { wasMadeAtEnd } from "../../results/design";
import type { ReportFacts } from "../../results/report";
import type { StoredResult } from "../../results/types";
import { populationText } from "../analytics/end-words";
import { guardrailsText } from "../analytics/guardrail-words";
import { isCompared } from "../analytics/is-compared";
import { verdictWords } from "../analytics/verdict-words";
import { type Words, wordsFor } from "../analytics/words";
import { controlFirst } from "../shared/variant-order";
import { COLUMN_SHARES, type ReportBlock, type ReportSection } from "./document";
import { metricTable } from "./metric-table";
import type { ReportWords } from "./words";

/** The verdict, and the figures behind it; where they are withheld, why. */
export function buildResult({ view }: ReportFacts, { t, figures }: ReportWords): ReportSection {
  const title = t("experiment_results");
  const { result } = view;
  if (result === null) return { title, blocks: [{ kind: "text", text: t("results_not_counted_yet") }] };
  const words = wordsFor(result, t, figures);
  const { analysis } = result;
  const hasComparison = analysis !== null && isCompared(result, view);
  const population = wasMadeAtEnd(result) ? populationText(result, words) : null;
  const guardrails = hasComparison ? guardrailsText(result, words) : null;
  return {
    title,
    blocks: [
      { kind: "verdict", ...verdictWords(result, words) },
      ...[population && `${population}.`, guardrails].flatMap((text): ReportBlock[] =>
        text === null || text === "" ? [] : [{ kind: "text", text }],
      ),
      ...(hasComparison ? metricTables(result, analysis, words) : [participantsTable(result, words)]),
    ],
  };
}

/** Who has seen what: all that may be said by variant while nothing is compared. */
function participantsTable({ variants, control, exposed }: StoredResult, { t, figures }: Words): ReportBlock {
  const rows = controlFirst(
    variants.map((name) => ({ name })),
    control,
  );
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
  const known = analysis.metrics.flatMap((metric) => {
    const info = result.metrics.find(({ key }) => key === metric.metric.id);
    return info === undefined ? [] : [{ metric, info }];
  });
  return ROLES.flatMap((role) => known.filter(({ info }) => info.role === role)).map(({ metric, info }) =>
    metricTable(metric, info, { result, analysis, words }),
  );
}
