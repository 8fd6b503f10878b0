"use client";

import type { HostId } from "@calcom/features/experiments";
import { useAdminHost } from "../../api/host";
import { MetricView } from "../../pages/MetricView";
import { FirstOf, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

export default function MetricPage({ metricKey: key, userId }: { metricKey: string; userId: HostId }) {
  const { client } = useAdminHost();
  const first = useFirst(key, () =>
    Promise.all([client.metrics.get.query({ key }), client.metrics.sources.query()]),
  );
  useTitle(first.status === "ready" ? first.first[0].name : key);
  return (
    <FirstOf of={first}>
      {([metric, sources]) => <MetricView stored={metric} sources={sources} userId={userId} />}
    </FirstOf>
  );
}
