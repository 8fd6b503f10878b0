"use client";

import { useLocale } from "@calcom/lib/i18n";
import { DAY_MS } from "@calcom/lib/time";
import { lazy, useState } from "react";
import type { StoredResult } from "../../../results/types";
import type { Epoch } from "../../../types/admin";
import { intervalText } from "../../shared/interval";
import { Keyed } from "../../shared/Keyed";
import { keyed, plainKeys } from "../../shared/keys";
import { isRaised } from "../lift-words";
import { focusOf } from "../verdict-focus";
import { markedName } from "../words";
import { ChartFigure } from "./ChartFigure";
import { Choice, chosenOf } from "./Choice";
import { changeSigns, type LegendSign } from "./Legend";
import { isCut, type LiftPoint, liftPoints, liftScale } from "./lift-series";
import { type Mark, unmarkedStarts } from "./marks";
import { joined, notAboutText } from "./not-about";
import { orderedVariants } from "./ordered-variants";
import { timeSpan } from "./series";
import { type Figures, useFigures } from "./useFigures";

const LiftPlot = lazy(() => import("./plots/LiftPlot"));

interface LiftOverTimeChartProps {
  result: StoredResult;
  epochs?: readonly Epoch[];
  marks?: readonly Mark[];
}

/** What each look said, with the interval that was valid then: it narrows, and either leaves zero or does not. */
export function LiftOverTimeChart({ result, epochs = [], marks = [] }: LiftOverTimeChartProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const [chosen, choose] = useState<{ metric: string | null; variant: string | null }>({
    metric: null,
    variant: null,
  });
  const focus = focusOf(result);
  const metrics = result.metrics
    .filter(({ key, role }) => role === "primary" || result.series.effects.some((one) => one.metric === key))
    .map((info) => ({ value: info.key, label: markedName(info, t) }));
  const metric = chosenOf(metrics, chosen.metric ?? focus?.metric ?? null);
  const variants = orderedVariants(result)
    .slice(1)
    .map((variant) => ({ value: variant.name, label: variant.name, ...variant }));
  const variant = chosenOf(variants, chosen.variant ?? focus?.variant ?? null);
  const points = metric && variant ? liftPoints(result, metric.value, variant.value) : [];
  const last = points.at(-1);
  const plan = result.analysis?.metrics.find((one) => one.metric.id === metric?.value)?.metric;
  const minimumEffect = plan?.minimumEffect ?? null;
  const scale = liftScale(points, minimumEffect);
  const span = timeSpan(result);
  const first = points[0]?.at ?? span.from;
  const summary = joined(
    last === undefined ? "" : sentence(last, variant?.name ?? "", keyed(t), figures),
    first - span.from > DAY_MS && t("chart_lift_from", { day: figures.day(new Date(first)) }),
    notAboutText(result, metrics, t),
  );
  const starts = unmarkedStarts(epochs, marks, span);
  const title = metric === undefined ? t("chart_lift") : t("chart_lift_of", { metric: metric.label });
  return (
    <ChartFigure
      title={title}
      summary={<Keyed>{summary}</Keyed>}
      controls={
        <div className="flex max-w-full flex-wrap items-center gap-2">
          <Choice
            label={t("chart_metric")}
            value={metric?.value ?? ""}
            options={metrics}
            onChange={(value) => choose({ ...chosen, metric: value })}
          />
          <Choice
            label={t("chart_variant")}
            value={variant?.value ?? ""}
            options={variants}
            onChange={(value) => choose({ ...chosen, variant: value })}
          />
        </div>
      }
      legend={variant === undefined ? [] : [variant]}
      signs={[
        ...bandSign(points, isCut(points, scale), variant?.color, t, figures),
        ...(minimumEffect === null
          ? []
          : [
              {
                kind: "dashed" as const,
                text: t("chart_minimum_effect", { effect: figures.percentage(100 * minimumEffect) }),
              },
            ]),
        ...changeSigns(marks, starts, t),
      ]}
      empty={points.length > 0 ? null : t("chart_lift_none")}
      table={{
        caption: t("chart_lift_caption", { variant: variant?.name, control: result.control }),
        columns: [t("chart_look"), t("chart_lift_column"), t("chart_from"), t("chart_to"), t("chart_p")],
        rows: points.map(({ at, lift, low, high, pAdjusted }) => [
          figures.moment(new Date(at)),
          figures.lift(lift),
          figures.lift(low),
          figures.lift(high),
          figures.p(pAdjusted),
        ]),
      }}
    >
      <LiftPlot
        points={points}
        minimumEffect={minimumEffect}
        scale={scale}
        span={span}
        marks={marks}
        epochStarts={starts}
        color={variant?.color ?? ""}
        label={`${title}. ${plainKeys(summary)}`}
      />
    </ChartFigure>
  );
}

function sentence(
  { at, lift, low, high, level }: LiftPoint,
  variant: string,
  t: ReturnType<typeof useLocale>["t"],
  figures: Figures,
): string {
  const values = {
    variant,
    look: figures.moment(new Date(at)),
    lift: figures.lift(lift),
    range: intervalText({ low, high }, figures.lift, t),
    level: figures.percentage(100 * (level ?? 0)),
  };
  if (lift === null) return t("chart_lift_unknown", values);
  if (low === null && high === null) return t("chart_lift_open", values);
  return t("chart_lift_between", values);
}

/** The interval; where the picture cuts it, that it does. */
function bandSign(
  points: readonly LiftPoint[],
  isRunningOut: boolean,
  color: string | undefined,
  t: ReturnType<typeof useLocale>["t"],
  figures: Figures,
): LegendSign[] {
  const level = points.findLast((point) => point.level !== null)?.level;
  if (level === undefined || level === null || color === undefined) return [];
  const key = isRunningOut ? "chart_interval_cut" : "chart_interval";
  const hint = isRaised(level) ? { hint: t("results_interval_raised") } : {};
  return [{ kind: "band", text: t(key, { level: figures.percentage(100 * level) }), color, ...hint }];
}
