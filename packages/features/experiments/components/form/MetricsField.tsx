"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Checkbox, Field, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { useWatch } from "react-hook-form";
import { choosePrimary, type ExperimentMetrics } from "../../types/metrics";
import type { FormValues } from "./form-values";
import { type KnownMetric, useMetrics } from "./metrics-port";

const FIRST_EVENT = "first-event";

interface MetricsFieldProps {
  value: ExperimentMetrics;
  onChange: (metrics: ExperimentMetrics) => void;
  disabled: boolean;
  error: string | undefined;
}

/** One metric decides; each of the others may be watched, or may not get worse. */
export function MetricsField({ value, onChange, disabled, error }: MetricsFieldProps) {
  const { t } = useLocale();
  const defined = useMetrics();
  const events = useWatch<FormValues, "clientEvents">({ name: "clientEvents" });
  const known: KnownMetric[] = [
    ...defined,
    ...events.map((event) => ({ key: `event:${event}`, name: t("metric_of_event", { event }) })),
  ];
  // What is chosen and no longer defined stays in view: nothing vanishes by itself.
  const chosen = [
    ...(value.primary === null ? [] : [value.primary]),
    ...value.secondary,
    ...value.guardrails,
  ];
  const offered = [
    ...known,
    ...chosen.filter((key) => !known.some((metric) => metric.key === key)).map((key) => ({ key, name: key })),
  ];
  const others = offered.filter(({ key }) => key !== value.primary);

  function toggle(part: "secondary" | "guardrails", key: string, isOn: boolean) {
    const other = part === "secondary" ? "guardrails" : "secondary";
    onChange({
      ...value,
      [part]: isOn ? [...value[part], key] : value[part].filter((known) => known !== key),
      [other]: value[other].filter((known) => known !== key),
    });
  }

  return (
    <div className="grid gap-4">
      <Field
        label={t("metrics_primary")}
        htmlFor="primaryMetric"
        hint={t("metrics_primary_hint")}
        error={error}
      >
        <Select
          value={value.primary ?? FIRST_EVENT}
          onValueChange={(key) => onChange(choosePrimary(value, key === FIRST_EVENT ? null : key))}
          disabled={disabled}
        >
          <SelectTrigger id="primaryMetric" className="w-full sm:w-80">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={FIRST_EVENT}>{t("metrics_first_event")}</SelectItem>
            {offered.map(({ key, name }) => (
              <SelectItem key={key} value={key}>
                {name}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </Field>
      {others.length > 0 && (
        <fieldset disabled={disabled} className="grid gap-1">
          <legend className="mb-1.5 font-medium text-sm">{t("metrics_others")}</legend>
          {others.map(({ key, name }) => (
            <div key={key} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t py-1.5 text-dense">
              <span className="wrap-anywhere min-w-40 flex-1">{name}</span>
              {(["secondary", "guardrails"] as const).map((part) => (
                <span key={part} className="flex items-center gap-1.5">
                  <Checkbox
                    id={`${part}-${key}`}
                    disabled={disabled}
                    checked={value[part].includes(key)}
                    onCheckedChange={(checked) => toggle(part, key, checked === true)}
                    aria-label={t(part === "secondary" ? "metrics_secondary_of" : "metrics_guardrail_of", {
                      name,
                    })}
                  />
                  <label htmlFor={`${part}-${key}`} className="text-muted-foreground">
                    {t(part === "secondary" ? "metrics_secondary" : "metrics_guardrail")}
                  </label>
                </span>
              ))}
            </div>
          ))}
        </fieldset>
      )}
    </div>
  );
}
