"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Badge, Hint } from "@calcom/ui";

/** Beside the name of a metric that was not registered at the start. */
export function MetricMark({ change }: { change: { isRedefined?: boolean } }) {
  const { t } = useLocale();
  return (
    <Badge variant="warning">
      <Hint text={t("metric_exploratory")}>
        {t(change.isRedefined ? "metric_redefined_after_start" : "metric_chosen_after_start")}
      </Hint>
    </Badge>
  );
}
