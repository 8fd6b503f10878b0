"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Alert,
  Button,
  PageHeader,
  Section,
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
} from "@calcom/ui";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import type { HostId } from "../types/host-id";
import type { MetricChange } from "../types/metric-catalog";
import type { MetricDetail, OfferedSource } from "../types/metric-views";
import type { Unit } from "../types/settings";
import { useMay } from "./ExperimentPermissions";
import { MetricDefinitionText } from "./metrics/MetricDefinitionText";
import { MetricHistoryPanel } from "./metrics/MetricHistoryPanel";
import { UsesOfMetric, VersionsOfMetric } from "./metrics/MetricTables";
import { faultText } from "./metrics/metric-words";
import { StatusSelect } from "./metrics/StatusSelect";
import type { CommandRefusal } from "./shared/commands";
import { RefusalAlert } from "./shared/RefusalAlert";
import { unitKeys } from "./shared/words";

type Refused = Pick<CommandRefusal, "message" | "changed">;

interface ExperimentMetricProps {
  metric: MetricDetail;
  sources: readonly OfferedSource[];
  breadcrumbs: ReactNode;
  editHref: string;
  detail: (slug: string) => string;
  /** Who looks at it. */
  userId: HostId;
  /** Why it was not changed, or null. */
  onChange: (change: MetricChange) => Promise<Refused | null>;
}

/** One metric: what it counts, what was recorded of it lately, and which experiments go by it. */
export function ExperimentMetric(props: ExperimentMetricProps) {
  const { metric, sources, breadcrumbs, editHref, detail, userId, onChange } = props;
  const { t } = useLocale();
  const mayEdit = useMay("edit");
  const [refusal, setRefusal] = useState<Refused | null>(null);
  const [unit, setUnit] = useState<Unit>(metric.units[0] ?? "user");
  const change = async (what: MetricChange) => setRefusal(await onChange(what));
  const [newest] = metric.versions;
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={metric.name}
        description={metric.description === "" ? undefined : metric.description}
        breadcrumbs={breadcrumbs}
        actions={
          mayEdit &&
          metric.status !== null && (
            <>
              <StatusSelect status={metric.status} onChange={(status) => void change({ status })} />
              {metric.owner?.id !== userId && (
                <Button variant="outline" onClick={() => void change({ ownedByMe: true })}>
                  {t("metric_own")}
                </Button>
              )}
              <Button asChild>
                <Link href={editHref}>{t("metric_new_version")}</Link>
              </Button>
            </>
          )
        }
      />
      {refusal !== null && <RefusalAlert refusal={refusal} isUpToDate />}
      {metric.fault !== null && <Alert tone="warning" title={faultText(metric.fault, t)} />}
      <Section
        title={t("metric_definition")}
        description={metric.status === null ? t("metric_in_code_description") : undefined}
      >
        <MetricDefinitionText metric={metric} definition={newest?.definition ?? null} sources={sources} />
      </Section>
      <Section
        title={t("metric_history")}
        actions={
          metric.units.length > 1 && (
            <Select value={unit} onValueChange={(next) => setUnit(next as Unit)}>
              <SelectTrigger aria-label={t("experiment_unit")} className="w-auto gap-1.5">
                <span className="flex gap-1.5">
                  <span className="text-muted-foreground">{t("experiment_unit")}</span>
                  <SelectValue />
                </span>
              </SelectTrigger>
              <SelectContent>
                {metric.units.map((one) => (
                  <SelectItem key={one} value={one}>
                    {t(unitKeys[one])}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )
        }
      >
        <MetricHistoryPanel metricKey={metric.key} unit={unit} />
      </Section>
      <Section title={t("metric_used_by_title")}>
        <UsesOfMetric uses={metric.usedBy} detail={detail} />
      </Section>
      {metric.versions.length > 0 && (
        <Section title={t("metric_versions")} description={t("metric_versions_description")}>
          <VersionsOfMetric versions={metric.versions} sources={sources} />
        </Section>
      )}
    </div>
  );
}
