"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Checkbox } from "@calcom/ui";
import type { ExperimentMetrics } from "../../types/metrics";
import { useOfferedMetrics } from "./useOfferedMetrics";

interface OtherMetricsProps {
  value: ExperimentMetrics;
  onChange: (metrics: ExperimentMetrics) => void;
  disabled: boolean;
}

/** Each of the others may be watched, or may not get worse. */
export function OtherMetrics({ value, onChange, disabled }: OtherMetricsProps) {
  const { t } = useLocale();
  const others = useOfferedMetrics(value).filter(({ key }) => key !== value.primary);

  function toggle(part: "secondary" | "guardrails", key: string, isOn: boolean) {
    const other = part === "secondary" ? "guardrails" : "secondary";
    onChange({
      ...value,
      [part]: isOn ? [...value[part], key] : value[part].filter((known) => known !== key),
      [other]: value[other].filter((known) => known !== key),
    });
  }

  if (others.length === 0)
    return <p className="text-dense text-muted-foreground">{t("metrics_no_others")}</p>;
  return (
    <fieldset disabled={disabled} className="grid gap-1">
      <legend className="sr-only">{t("metrics_others")}</legend>
      {others.map(({ key, name }) => (
        <div
          key={key}
          className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t py-1.5 text-dense first-of-type:border-t-0"
        >
          <span className="wrap-anywhere basis-full sm:min-w-40 sm:flex-1">{name}</span>
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
  );
}
