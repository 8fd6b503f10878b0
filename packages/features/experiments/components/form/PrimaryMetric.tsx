"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { useWatch } from "react-hook-form";
import { choosePrimary, type ExperimentMetrics } from "../../types/metrics";
import { MakeMetric } from "../metrics/MakeMetric";
import { MetricHistoryPanel } from "../metrics/MetricHistoryPanel";
import type { FormValues } from "./form-values";
import type { Lock } from "./useLock";
import { useOfferedMetrics } from "./useOfferedMetrics";

const FIRST_EVENT = "first-event";

interface PrimaryMetricProps {
  value: ExperimentMetrics;
  onChange: (metrics: ExperimentMetrics) => void;
  lock: Lock;
  error: string | undefined;
}

/** The metric that decides, with what was recorded of it lately. One that is missing is made here. */
export function PrimaryMetric({ value, onChange, lock, error }: PrimaryMetricProps) {
  const { t } = useLocale();
  const unit = useWatch<FormValues, "unit">({ name: "unit" });
  const [firstEvent] = useWatch<FormValues, "clientEvents">({ name: "clientEvents" });
  const offered = useOfferedMetrics(value);
  return (
    <div className="grid grid-cols-1 gap-3">
      <Field
        label={t("metrics_primary")}
        htmlFor="primaryMetric"
        hint={lock.reason ?? t("metrics_primary_hint")}
        error={error}
        beside={!lock.disabled && <MakeMetric onMade={(key) => onChange(choosePrimary(value, key))} />}
      >
        <Select
          value={value.primary ?? FIRST_EVENT}
          onValueChange={(key) => onChange(choosePrimary(value, key === FIRST_EVENT ? null : key))}
          disabled={lock.disabled}
        >
          <SelectTrigger id="primaryMetric" className="w-full sm:w-80">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={FIRST_EVENT}>
              {firstEvent === undefined ? t("form_none") : t("metrics_first_event_is", { event: firstEvent })}
            </SelectItem>
            {offered.map(({ key, name }) => (
              <SelectItem key={key} value={key}>
                {name}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </Field>
      {value.primary !== null && <MetricHistoryPanel isNamed metricKey={value.primary} unit={unit} />}
    </div>
  );
}
