"use client";

import { useLocale } from "@calcom/lib/i18n";
import { lazy, useState } from "react";
import type { StoredResult } from "../../../results/types";
import { metricKinds } from "../../../types/metric-kind";
import { focusOf } from "../verdict-focus";
import { subjects as countSubjects, markedName } from "../words";
import { ChartFigure } from "./ChartFigure";
import { Choice, chosenOf } from "./Choice";
import { joined, notAboutText } from "./not-about";
import { orderedVariants } from "./ordered-variants";
import { noveltyPoints, noveltySubjects } from "./series";
import { type Measured, useFigures } from "./useFigures";

const NoveltyPlot = lazy(() => import("./plots/NoveltyPlot"));

/** When subjects do what is measured, counted from their exposure: whether an effect is but that of something new. */
export function NoveltyChart({ result }: { result: StoredResult }) {
  const { t } = useLocale();
  const figures = useFigures();
  const [chosen, choose] = useState<string | null>(null);
  const metrics = result.metrics
    .filter(({ key }) => result.novelty.some(({ metric }) => metric === key))
    .map((info) => ({ value: info.key, label: markedName(info, t), info }));
  const metric = chosenOf(metrics, chosen ?? focusOf(result)?.metric ?? null);
  const variants = orderedVariants(result);
  const points = metric === undefined ? [] : noveltyPoints(result, metric.value);
  const subjects = metric === undefined ? {} : noveltySubjects(result, metric.value);
  const all = Object.values(subjects).reduce((total, n) => total + n, 0);
  const measured: Measured = metric?.info ?? { kind: "conversion" };
  const { isShare } = metricKinds[measured.kind];
  const summary = joined(
    t(isShare ? "chart_novelty_rates" : "chart_novelty_values", {
      count: result.windowDays,
      subjects: countSubjects(all, { t, figures, unit: result.unit }),
    }),
    notAboutText(result, metrics, t),
  );
  const title = metric === undefined ? t("chart_novelty") : t("chart_novelty_of", { metric: metric.label });
  return (
    <ChartFigure
      title={title}
      summary={summary}
      controls={
        <Choice label={t("chart_metric")} value={metric?.value ?? ""} options={metrics} onChange={choose} />
      }
      legend={variants}
      empty={points.length > 0 ? null : t(emptyKey(result), { count: result.windowDays })}
      table={{
        caption: t(isShare ? "chart_novelty_rates_caption" : "chart_novelty_values_caption"),
        columns: [t("chart_day"), ...variants.map(({ name }) => name)],
        rows: points.map(({ day, perSubject }) => [
          figures.count(day + 1),
          ...variants.map(({ name }) =>
            name in perSubject ? figures.value(perSubject[name] ?? 0, measured) : "–",
          ),
        ]),
      }}
    >
      <NoveltyPlot points={points} variants={variants} measured={measured} label={`${title}. ${summary}`} />
    </ChartFigure>
  );
}

/** What a ratio is on one day depends on its denominator of another: nothing is counted of it by days. */
function emptyKey(result: StoredResult): string {
  const { metrics } = result;
  const hasNoDays = metrics.length > 0 && metrics.every(({ kind }) => !metricKinds[kind].isSumOfDays);
  if (hasNoDays) return "chart_novelty_ratio";
  return "chart_novelty_none";
}
