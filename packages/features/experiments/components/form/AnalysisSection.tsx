"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section } from "@calcom/ui";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import type { Status } from "../../types/settings";
import { joined } from "../shared/joined";
import { AnalysisFields } from "./AnalysisFields";
import { AssumptionFields } from "./AssumptionFields";
import { EventsField } from "./EventsField";
import { Fold } from "./Fold";
import type { FormValues } from "./form-values";
import { useMetricName } from "./metrics-port";
import { OtherMetrics } from "./OtherMetrics";
import { PrimaryMetric } from "./PrimaryMetric";
import { toNumber } from "./shares";
import { useLock } from "./useLock";
import { useOutOfReach } from "./useOutOfReach";
import { WindowFields } from "./WindowFields";
import { WithoutMetricField } from "./WithoutMetricField";

/** What decides, what is watched, and how the numbers are read: all of it frozen at the start. */
export function AnalysisSection({ status }: { status: Status }) {
  const { t } = useLocale();
  const { control } = useFormContext<FormValues>();
  const metricName = useMetricName();
  const lockOf = useLock(status);
  const lock = lockOf("metrics");
  const [metrics, days, analysis] = useWatch<FormValues, ["metrics", "conversionWindowDays", "analysis"]>({
    name: ["metrics", "conversionWindowDays", "analysis"],
  });
  const outOfReach = useOutOfReach(status);
  const others = [...metrics.secondary, ...metrics.guardrails].map(metricName);
  return (
    <Section
      id="form-measure"
      title={t("form_measure")}
      description={lock.disabled ? undefined : t("experiment_analysis_description")}
    >
      <Controller
        control={control}
        name="metrics"
        render={({ field, fieldState }) => (
          <>
            <PrimaryMetric
              value={field.value}
              onChange={field.onChange}
              lock={lock}
              error={fieldState.error?.message}
            />
            <EventsField status={status} />
            <WithoutMetricField disabled={lock.disabled} />
            <AssumptionFields disabled={lock.disabled} />
            <Fold
              title={t("metrics_others")}
              value={others.join(", ") || t("form_none")}
              names={[]}
              isLocked={lock.disabled}
            >
              {lock.reason !== undefined && <p className="text-dense text-muted-foreground">{lock.reason}</p>}
              <OtherMetrics value={field.value} onChange={field.onChange} disabled={lock.disabled} />
            </Fold>
          </>
        )}
      />
      <Fold
        title={t("experiment_conversion_window")}
        value={t("form_days", { count: toNumber(days) || 0 })}
        names={["conversionWindowDays"]}
        isLocked={lockOf("conversionWindowDays").disabled}
      >
        <WindowFields status={status} />
      </Fold>
      <Fold
        title={t("analysis_mode")}
        value={joined([
          t(`analysis_${analysis.mode}`),
          t("form_at_least_days", { count: toNumber(analysis.minimumRuntimeDays) || 0 }),
        ])}
        isLocked={lockOf("analysis").disabled}
        warning={outOfReach}
        names={["analysis.mode", "analysis.plannedSubjects", "analysis.minimumRuntimeDays", "analysis"]}
      >
        <AnalysisFields status={status} />
      </Fold>
    </Section>
  );
}
