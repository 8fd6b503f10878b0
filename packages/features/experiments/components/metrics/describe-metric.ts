import type { CatalogDefinition, NewMetric } from "../../types/metric-catalog";
import type { Format } from "../shared/format";
import { termsOf } from "./metric-form-model";
import { metricKindKeys, termText, type Words } from "./metric-words";

interface Setting {
  /** The same for one setting, whatever the kind of the metric. */
  key: string;
  label: string;
  text: string;
}

type Figures = Words["format"] & Pick<Format, "count"> & { share: (value: number) => string };

/** Every setting of a metric that its form holds, as a person reads it. */
export function describeMetric(
  { definition, description }: Pick<NewMetric, "definition" | "description">,
  words: Words & { format: Figures },
): Setting[] {
  const { t, format } = words;
  const { kind, name, direction, minimumEffect } = definition;
  const [counted, denominator] = termsOf(definition);
  const none = t("form_none");
  return [
    { key: "name", label: t("metric_name"), text: name },
    { key: "kind", label: t("metric_kind"), text: t(metricKindKeys[kind]) },
    {
      key: "counted",
      label: t(denominator === null ? "metric_counts" : "metric_numerator"),
      text: termText(counted, words),
    },
    {
      key: "denominator",
      label: t("metric_denominator"),
      text: denominator === null ? none : termText(denominator, words),
    },
    { key: "direction", label: t("metric_direction"), text: t(`metric_direction_${direction}`) },
    {
      key: "minimumEffect",
      label: t("metric_minimum_effect"),
      text: minimumEffect === null ? none : format.share(minimumEffect),
    },
    { key: "cap", label: t("metric_cap"), text: capText(definition, words) ?? none },
    { key: "covariate", label: t("metric_covariate"), text: covariateText(definition, words) ?? none },
    { key: "description", label: t("description"), text: description === "" ? none : description },
  ];
}

type FigureWords = Pick<Words, "t"> & { format: Pick<Figures, "count" | "share"> };

export function capText(definition: CatalogDefinition, { t, format }: FigureWords): string | null {
  const cap = definition.kind === "mean" ? definition.winsorize : null;
  if (cap === null) return null;
  if ("value" in cap) return format.count(cap.value);
  return t("metric_cap_at_percentile", { share: format.share(cap.percentile) });
}

export function covariateText(definition: CatalogDefinition, { t }: Pick<Words, "t">): string | null {
  if (definition.kind === "ratio" || definition.covariate === null) return null;
  return t("metric_covariate_before", { count: definition.covariate.days });
}
