import type { Analysis, MetricResult } from "@calcom/statistics";
import { wasMadeAtEnd } from "../../results/design";
import type { ReportFacts } from "../../results/report";
import type { MetricInfo, StoredResult } from "../../results/types";
import { differenceText } from "../analytics/change-words";
import { conclusionOf } from "../analytics/conclusions";
import { populationText } from "../analytics/end-words";
import { guardrailsText } from "../analytics/guardrail-words";
import { isCompared } from "../analytics/is-compared";
import { liftBounds } from "../analytics/lift-words";
import { metricColumns } from "../analytics/metric-columns";
import { verdictWords } from "../analytics/verdict-words";
import { liftReasonText, reasonText, type Words, wordsFor } from "../analytics/words";
import { controlFirst } from "../shared/variant-order";
import type { ReportBlock, ReportSection } from "./document";
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
      { label: t("experiment_variant"), isNumeric: false },
      { label: t("results_participants"), isNumeric: true },
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

interface Around {
  result: StoredResult;
  analysis: Analysis;
  words: Words;
}

function metricTable(metric: MetricResult, info: MetricInfo, around: Around): ReportBlock {
  const { result, words } = around;
  const { t, figures } = words;
  const columns = metricColumns(info, result.unit, t);
  const isRate = metric.arms.some(({ conversions }) => conversions !== null);
  const { direction, minimumEffect } = metric.metric;
  const rows = controlFirst(
    result.variants.map((name) => ({ name })),
    result.control,
  );
  return {
    kind: "table",
    title: `${words.nameOf(info.key)} · ${t(`results_role_${info.role}`)}`,
    note: [
      t(direction === "increase" ? "results_more_is_better" : "results_less_is_better"),
      ...(minimumEffect === null
        ? []
        : [t("results_matters_from", { effect: figures.percentage(100 * minimumEffect) })]),
    ].join(" · "),
    columns: [
      { label: t("experiment_variant"), isNumeric: false },
      { label: columns.participants.label, isNumeric: true },
      ...(isRate ? [{ label: columns.conversions.label, isNumeric: true }] : []),
      { label: columns.value.label, isNumeric: true },
      { label: columns.lift.label, isNumeric: false },
    ],
    rows: rows.map(({ name }) => {
      const arm = metric.arms.find(({ variant }) => variant === name);
      return [
        name,
        figures.count(arm?.units ?? 0),
        ...(isRate ? [figures.count(arm?.conversions ?? 0)] : []),
        arm === undefined || arm.value === null ? "–" : figures.value(arm.value, info),
        name === result.control ? t("results_is_control") : effectText(metric, info, name, around),
      ];
    }),
  };
}

function effectText(
  metric: MetricResult,
  info: MetricInfo,
  name: string,
  { analysis, words }: Around,
): string {
  const comparison = metric.comparisons.find(({ variant }) => variant === name);
  if (comparison === undefined) return "–";
  if (comparison.status === "withheld") return reasonText(comparison.reason, words);
  const { t, figures } = words;
  const said = t(`results_outcome_${conclusionOf(analysis, metric, comparison)}`);
  const { lift } = comparison;
  if (lift.value !== null)
    return `${figures.lift(lift.value)} (${liftBounds(comparison, figures.lift)}), ${said}`;
  const reason = lift.reason === null ? "" : ` ${liftReasonText(lift.reason, t)}`;
  return `${differenceText(comparison, info, words)}, ${said}.${reason}`;
}
