"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Input, PercentInput } from "@calcom/ui";
import { Choice } from "./Choice";
import { CAPS, type CapBy, type MetricValues, takesCovariate } from "./metric-form-model";

interface PrecisionFieldsProps {
  values: MetricValues;
  onChange: (part: Partial<MetricValues>) => void;
  /** By the paths of the schema. */
  errors: Record<string, string>;
}

/** Which change matters, and what keeps chance small. */
export function PrecisionFields({ values, onChange, errors }: PrecisionFieldsProps) {
  const { t } = useLocale();
  const { kind, capBy } = values;
  const cap = "definition.winsorize";
  return (
    <>
      <Field
        label={t("metric_minimum_effect")}
        htmlFor="metric-effect"
        hint={t("metric_minimum_effect_hint")}
        error={errors["definition.minimumEffect"]}
      >
        <PercentInput
          value={values.minimumEffect}
          onChange={(event) => onChange({ minimumEffect: event.target.value })}
        />
      </Field>
      {kind === "mean" && (
        <Field
          label={t("metric_cap")}
          htmlFor="metric-cap"
          hint={t(capBy === "percentile" ? "metric_cap_percentile_hint" : "metric_cap_hint")}
          error={errors[`${cap}.value`] ?? errors[`${cap}.percentile`] ?? errors[cap]}
        >
          <div className="flex flex-wrap items-center gap-2">
            <Choice
              id={capBy === "none" ? "metric-cap" : "metric-cap-by"}
              label={t("metric_cap_by")}
              value={capBy}
              onChange={(chosen) => onChange({ capBy: chosen as CapBy })}
              options={CAPS.map((value) => ({ value, label: t(`metric_cap_${value}`) }))}
              className="w-48"
            />
            {capBy === "percentile" && (
              <PercentInput
                id="metric-cap"
                value={values.cap}
                onChange={(event) => onChange({ cap: event.target.value })}
              />
            )}
            {capBy === "value" && (
              <Figure id="metric-cap" value={values.cap} onChange={(typed) => onChange({ cap: typed })} />
            )}
          </div>
        </Field>
      )}
      {takesCovariate(values) && (
        <Field
          label={t("metric_covariate")}
          htmlFor="metric-covariate"
          hint={t("metric_covariate_hint")}
          error={errors["definition.covariate.days"] ?? errors["definition.covariate"]}
        >
          <div className="flex items-center gap-2">
            <Figure
              id="metric-covariate"
              value={values.covariate}
              onChange={(covariate) => onChange({ covariate })}
            />
            <span className="text-muted-foreground text-sm">{t("metric_covariate_days")}</span>
          </div>
        </Field>
      )}
    </>
  );
}

interface FigureProps {
  id: string;
  value: string;
  onChange: (value: string) => void;
}

function Figure({ id, value, onChange }: FigureProps) {
  return (
    <Input
      id={id}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="w-24 text-right tabular-nums"
      inputMode="decimal"
      autoComplete="off"
    />
  );
}
