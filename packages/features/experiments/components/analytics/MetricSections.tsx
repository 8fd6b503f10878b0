"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { Analysis, MetricResult } from "@calcom/statistics";
import { Badge, Hint } from "@calcom/ui";
import { useId } from "react";
import { readTraffic } from "../../results/impact";
import type { MetricInfo, StoredResult } from "../../results/types";
import { ChancesTable } from "./ChancesTable";
import { commonLiftScale, drawnLifts, useFigures } from "./charts";
import { type ChartVariant, orderedVariants } from "./charts/ordered-variants";
import type { Scale } from "./charts/scale";
import { MetricMark } from "./MetricMark";
import { MetricTable } from "./MetricTable";
import { type Words, wordsFor } from "./words";

/** Every metric with its table: primary ones first, all intervals on one scale. */
export function MetricSections({ result, analysis }: { result: StoredResult; analysis: Analysis }) {
  const { t } = useLocale();
  const figures = useFigures();
  const variants = orderedVariants(result);
  const words = wordsFor(result, t, figures);
  const traffic = readTraffic(result);
  const scale = commonLiftScale(analysis.metrics.flatMap(drawnLifts));
  const rows = analysis.metrics.flatMap((metric) => {
    const info = result.metrics.find(({ key }) => key === metric.metric.id);
    return info === undefined ? [] : [{ metric, info }];
  });
  return (
    <div className="grid gap-8">
      {ROLES.flatMap((role) => rows.filter(({ info }) => info.role === role)).map(({ metric, info }) => (
        <MetricSection key={info.key} {...{ metric, info, analysis, variants, scale, traffic, words }} />
      ))}
    </div>
  );
}

const ROLES = ["primary", "secondary", "guardrail"] as const;

interface MetricSectionProps {
  metric: MetricResult;
  info: MetricInfo;
  analysis: Analysis;
  variants: readonly ChartVariant[];
  scale: Scale;
  /** Units per day; null where it is not known. */
  traffic: number | null;
  words: Words;
}

function MetricSection({ metric, info, ...rest }: MetricSectionProps) {
  const { t } = useLocale();
  const titleId = useId();
  const { minimumEffect, direction } = metric.metric;
  const remarks = [
    t(direction === "increase" ? "results_more_is_better" : "results_less_is_better"),
    minimumEffect !== null &&
      t("results_matters_from", { effect: rest.words.figures.percentage(100 * minimumEffect) }),
    metric.varianceReduction !== null &&
      t("results_variance_reduced", {
        share: rest.words.figures.percentage(Math.round(100 * metric.varianceReduction)),
      }),
  ].filter((remark) => remark !== false);
  return (
    <section aria-labelledby={titleId} className="grid min-w-0 gap-2">
      <div>
        <div className="flex flex-wrap items-center gap-2">
          <h2 id={titleId} className="wrap-anywhere font-semibold text-base">
            {info.name}
          </h2>
          <Badge variant="muted">{t(`results_role_${info.role}`)}</Badge>
          {info.isChosenAfterStart && <MetricMark change={info} />}
        </div>
        <p className="text-dense text-muted-foreground">
          {remarks.join(" · ")}
          {info.epochs.length > 1 && (
            <>
              {" · "}
              <Hint text={t("results_weighted_hint")}>
                {t("results_weighted", { count: info.epochs.length })}
              </Hint>
            </>
          )}
        </p>
      </div>
      <MetricTable metric={metric} info={info} {...rest} />
      <ChancesTable metric={metric} info={info} variants={rest.variants} />
    </section>
  );
}
