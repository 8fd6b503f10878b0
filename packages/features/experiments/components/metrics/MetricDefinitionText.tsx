"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { CatalogDefinition } from "../../types/metric-catalog";
import type { MetricDetail, OfferedSource } from "../../types/metric-views";
import { useFigures } from "../analytics/charts/useFigures";
import { SetupRow } from "../detail/setup/SetupRow";
import { capText, covariateText } from "./describe-metric";
import { termsOf } from "./metric-form-model";
import { countsText, metricKindKeys, metricKindSentenceKeys, termText } from "./metric-words";

interface MetricDefinitionTextProps {
  metric: MetricDetail;
  /** Null of one in code, and of what can no longer be read. */
  definition: CatalogDefinition | null;
  sources: readonly OfferedSource[];
}

export function MetricDefinitionText({ metric, definition, sources }: MetricDefinitionTextProps) {
  const { t } = useLocale();
  const figures = useFigures();
  const [counted, denominator] = definition === null ? [null, null] : termsOf(definition);
  const words = { t, format: figures, sources };
  const inCode = definition === null ? countsText(metric.counts, words) : null;
  const cap = definition && capText(definition, words);
  const covariate = definition && covariateText(definition, words);
  return (
    <dl className="border-t text-dense">
      <SetupRow term={t("metric_key")}>
        <span className="wrap-anywhere font-mono text-xs">{metric.key}</span>
      </SetupRow>
      {metric.kind !== null && (
        <SetupRow term={t("metric_kind")}>
          {t(metricKindKeys[metric.kind])}
          <p className="text-muted-foreground">{t(metricKindSentenceKeys[metric.kind])}</p>
        </SetupRow>
      )}
      {inCode !== null && <SetupRow term={t("metric_counts")}>{inCode}</SetupRow>}
      {counted !== null && (
        <SetupRow term={t(denominator === null ? "metric_counts" : "metric_numerator")}>
          {termText(counted, words)}
        </SetupRow>
      )}
      {denominator !== null && (
        <SetupRow term={t("metric_denominator")}>{termText(denominator, words)}</SetupRow>
      )}
      {metric.kind !== null && <SetupRow term={t("metric_when")}>{t("metric_when_text")}</SetupRow>}
      {metric.direction !== null && (
        <SetupRow term={t("metric_direction")}>{t(`metric_direction_${metric.direction}`)}</SetupRow>
      )}
      {metric.minimumEffect !== null && (
        <SetupRow term={t("metric_minimum_effect")}>{figures.share(metric.minimumEffect)}</SetupRow>
      )}
      {cap !== null && <SetupRow term={t("metric_cap")}>{cap}</SetupRow>}
      {covariate !== null && <SetupRow term={t("metric_covariate")}>{covariate}</SetupRow>}
      {metric.owner !== null && <SetupRow term={t("experiment_owner")}>{metric.owner.name}</SetupRow>}
    </dl>
  );
}
