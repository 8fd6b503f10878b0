"use client";

import { useLocale } from "@calcom/lib/i18n";
import { StatusDot } from "@calcom/ui";
import type { MetricStatus } from "../../types/metric-catalog";
import { metricStatusKeys } from "./metric-words";

const looks = {
  draft: { tone: "muted", shape: "ring" },
  ready: { tone: "success", shape: "full" },
  archived: { tone: "muted", shape: "half" },
} as const;

export function StatusOfMetric({ status }: { status: MetricStatus }) {
  const { t } = useLocale();
  return <StatusDot {...looks[status]}>{t(metricStatusKeys[status])}</StatusDot>;
}
