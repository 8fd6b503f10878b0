"use client";

import type { MetricDetail, OfferedSource } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useAdminHost, usePaths } from "../../api/host";
import { FormPageHeader } from "../../pages/FormPageHeader";
import { MetricFormView } from "../../pages/MetricFormView";
import { FirstOf, PageSkeleton, useTitle } from "../PageStates";
import { useFirst } from "../useFirst";

export default function MetricFormPage({ metricKey: key }: { metricKey?: string }) {
  const { client } = useAdminHost();
  const first = useFirst(key ?? "new", async () => {
    const [stored, sources] = await Promise.all([
      key === undefined ? null : client.metrics.get.query({ key }),
      client.metrics.sources.query(),
    ]);
    return { stored, sources };
  });
  return <FirstOf of={first}>{(found) => <Form {...found} />}</FirstOf>;
}

function Form({ stored, sources }: { stored: MetricDetail | null; sources: OfferedSource[] }) {
  const { t } = useLocale();
  const paths = usePaths();
  const router = useRouter();
  // One in code is changed there.
  const isInCode = stored !== null && stored.status === null;
  const ownPage = stored === null ? paths.metrics : paths.metric(stored.key);
  useEffect(() => {
    if (isInCode) router.replace(ownPage);
  }, [isInCode, ownPage, router]);
  const title = t(stored === null ? "metric_new" : "metric_new_version");
  useTitle(title);
  if (isInCode) return <PageSkeleton />;
  return (
    <div className="flex flex-col gap-6">
      <FormPageHeader
        title={title}
        description={t(stored === null ? "metric_new_description" : "metric_new_version_description")}
        trail={[
          { href: paths.metrics, label: t("metrics") },
          ...(stored === null ? [] : [{ href: ownPage, label: stored.name }]),
        ]}
      />
      <MetricFormView sources={sources} stored={stored} />
    </div>
  );
}
