"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useAdminHost } from "../../api/host";
import { MetricListView } from "../../pages/MetricListView";
import { FirstOf, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

export default function MetricsPage() {
  const { t } = useLocale();
  const { client } = useAdminHost();
  useTitle(t("metrics"));
  const first = useFirst("metrics", () =>
    Promise.all([client.metrics.list.query(), client.metrics.sources.query()]),
  );
  return (
    <FirstOf of={first}>
      {([metrics, sources]) => <MetricListView metrics={metrics} sources={sources} />}
    </FirstOf>
  );
}
