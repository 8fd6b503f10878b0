"use client";

import {
  emptyMetric,
  MetricForm,
  toMetricValues,
} from "@calcom/features/experiments/components/ExperimentMetrics";
import type { MetricDetail, NewMetric, OfferedSource } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { Button, toast } from "@calcom/ui";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { useAdminUtils } from "../api/hooks";
import { usePaths } from "../api/host";
import { saveRefusal } from "./api-refusal";

interface MetricFormViewProps {
  sources: OfferedSource[];
  /** The one that gets another version; null makes a new one. */
  stored: MetricDetail | null;
}

export function MetricFormView({ sources, stored }: MetricFormViewProps) {
  const { t } = useLocale();
  const paths = usePaths();
  const router = useRouter();
  const { client, cache } = useAdminUtils();
  // The revision that this edit is based on: `loadCurrent` moves it after another person's change.
  const revision = useRef(stored?.revision ?? 1);
  const [newest] = stored?.versions ?? [];
  const initial =
    stored === null
      ? emptyMetric
      : newest?.definition == null
        ? { ...emptyMetric, key: stored.key, description: stored.description }
        : toMetricValues({ ...stored, definition: newest.definition });

  async function save(metric: NewMetric) {
    const { key, definition, description } = metric;
    try {
      const { metrics } = client;
      const saved =
        stored === null
          ? await metrics.create.mutate(metric)
          : await metrics.change.mutate({
              key,
              revision: revision.current,
              change: { definition, description },
            });
      void cache.results.metrics.invalidate();
      toast.success(t("metric_saved", { name: saved.name }));
      router.push(paths.metric(saved.key));
      router.refresh();
      return null;
    } catch (error) {
      const refusal = saveRefusal(error, t);
      return {
        ...refusal,
        issues: refusal.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^change\./, "") })),
      };
    }
  }

  /** Null if it cannot be had: the refusal then says what happened. */
  async function loadCurrent() {
    if (stored === null) return null;
    const now = await client.metrics.get.query({ key: stored.key }).catch(() => null);
    const definition = now?.versions[0]?.definition;
    if (now === null || definition == null) return null;
    revision.current = now.revision ?? 1;
    return { key: now.key, description: now.description, definition };
  }

  return (
    <div className="max-w-2xl">
      <MetricForm
        initial={initial}
        sources={sources}
        isVersion={stored !== null}
        submitLabel={t(stored === null ? "metric_create" : "metric_save_version")}
        onSubmit={save}
        loadCurrent={loadCurrent}
      >
        <Button asChild variant="ghost">
          <Link href={stored === null ? paths.metrics : paths.metric(stored.key)}>{t("cancel")}</Link>
        </Button>
      </MetricForm>
    </div>
  );
}
