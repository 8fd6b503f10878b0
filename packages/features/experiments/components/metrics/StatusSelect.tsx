"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { METRIC_STATUSES, type MetricStatus } from "../../types/metric-catalog";
import { metricStatusKeys } from "./metric-words";

export function StatusSelect({
  status,
  onChange,
}: {
  status: MetricStatus;
  onChange: (status: MetricStatus) => void;
}) {
  const { t } = useLocale();
  return (
    <Select value={status} onValueChange={(next) => onChange(next as MetricStatus)}>
      <SelectTrigger aria-label={t("experiment_status")} className="w-auto gap-1.5">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {METRIC_STATUSES.map((one) => (
          <SelectItem key={one} value={one}>
            {t(metricStatusKeys[one])}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
