"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { ChosenAfterStart } from "../../../types/admin";
import { DEFAULT_PLANNED_SUBJECTS } from "../../../types/analysis";
import type { ExperimentConfig } from "../../../types/config";
import type { HeldMetric } from "../../../types/metric-catalog";
import { primaryKeyOf } from "../../../types/metrics";
import { MetricMark } from "../../analytics/MetricMark";
import { useMetricName } from "../../form/metrics-port";
import { useFormat } from "../../shared/useFormat";
import { Muted, SetupRow } from "./SetupRow";

interface AnalysisSetupProps {
  config: ExperimentConfig;
  /** The metrics that were not registered at the start. */
  chosenAfterStart: readonly ChosenAfterStart[];
}

/** What is measured, what of it decides, and how the numbers are read. */
export function AnalysisSetup({ config, chosenAfterStart }: AnalysisSetupProps) {
  const { t } = useLocale();
  const { metrics, analysis, clientEvents } = config;
  return (
    <dl className="border-t text-dense">
      <SetupRow term={t("metrics_primary")}>
        <PrimaryMetric config={config} chosenAfterStart={chosenAfterStart} />
      </SetupRow>
      {config.withoutMetric !== null && (
        <SetupRow term={t("experiment_without_metric")}>{config.withoutMetric}</SetupRow>
      )}
      <MetricsRow
        term={t("metrics_watched")}
        keys={metrics.secondary}
        held={config.catalogMetrics}
        chosenAfterStart={chosenAfterStart}
      />
      <MetricsRow
        term={t("metrics_guardrails")}
        keys={metrics.guardrails}
        held={config.catalogMetrics}
        chosenAfterStart={chosenAfterStart}
      />
      <SetupRow term={t("analysis_mode")}>
        {t(`analysis_${analysis.mode}`)}
        <Muted>{t(`analysis_${analysis.mode}_sentence`)}</Muted>
      </SetupRow>
      <SetupRow term={t("analysis_minimum_runtime")}>
        {t("experiment_days", { count: analysis.minimumRuntimeDays })}
      </SetupRow>
      <SetupRow term={t("analysis_planned_subjects")}>
        <PlannedSubjects config={config} />
      </SetupRow>
      <SetupRow term={t("experiment_client_events")}>
        {clientEvents.length === 0 ? (
          <Muted>{t("experiment_summary_no_events")}</Muted>
        ) : (
          clientEvents.map((event) => (
            <span key={event} className="block">
              <span className="wrap-anywhere font-mono text-xs">{event}</span>
              <AfterStart metric={`event:${event}`} chosenAfterStart={chosenAfterStart} />
            </span>
          ))
        )}
      </SetupRow>
      <SetupRow term={t("experiment_conversion_window")}>
        {t("experiment_days", { count: config.conversionWindowDays })}
      </SetupRow>
      <SetupRow term={t("experiment_person_properties")}>
        {t(config.setPersonProperties ? "on" : "off")}
      </SetupRow>
    </dl>
  );
}

/** Where nothing was typed, the start freezes what the forecast says; experiments from before it did had a default. */
function PlannedSubjects({ config: { analysis, plannedBy, status } }: { config: ExperimentConfig }) {
  const { t } = useLocale();
  const { count } = useFormat();
  const { plannedSubjects } = analysis;
  if (plannedSubjects === null && status === "draft") return <Muted>{t("analysis_planned_at_start")}</Muted>;
  const source = plannedBy === null ? null : t(`analysis_planned_by_${plannedBy}`);
  return (
    <>
      {count(plannedSubjects ?? DEFAULT_PLANNED_SUBJECTS)}
      {plannedSubjects === null ? (
        <Muted>{t("analysis_planned_subjects_unset")}</Muted>
      ) : (
        source !== null && <Muted>{source}</Muted>
      )}
    </>
  );
}

/** Where none was chosen, the first event that browsers report decides. */
function PrimaryMetric({
  config: { metrics, clientEvents, catalogMetrics: held },
  chosenAfterStart,
}: AnalysisSetupProps) {
  const { t } = useLocale();
  const primary = primaryKeyOf({ metrics, clientEvents });
  if (primary === null) return <Muted>{t("metrics_none_decides")}</Muted>;
  return (
    <>
      <MetricName metric={primary} held={held} chosenAfterStart={chosenAfterStart} />
      {metrics.primary === null && <Muted>{t("metrics_first_event")}</Muted>}
    </>
  );
}

function MetricsRow({
  term,
  keys,
  ...rest
}: {
  term: string;
  keys: readonly string[];
} & Omit<MetricNameProps, "metric">) {
  if (keys.length === 0) return null;
  return (
    <SetupRow term={term}>
      {keys.map((key) => (
        <span key={key} className="block">
          <MetricName metric={key} {...rest} />
        </span>
      ))}
    </SetupRow>
  );
}

interface MetricNameProps {
  /** Its key. */
  metric: string;
  /** What the experiment has of the catalog: its own versions, by their own names. */
  held: readonly HeldMetric[];
  chosenAfterStart: readonly ChosenAfterStart[];
}

function MetricName(props: MetricNameProps) {
  const { t } = useLocale();
  const nameOf = useMetricName();
  const own = props.held.find(({ key }) => key === props.metric);
  return (
    <>
      {own === undefined
        ? nameOf(props.metric)
        : t("activity_catalog_metric", { name: own.definition.name, version: own.version })}
      <AfterStart {...props} />
    </>
  );
}

function AfterStart({ metric, chosenAfterStart }: Omit<MetricNameProps, "held">) {
  const change = chosenAfterStart.find(({ key }) => key === metric);
  if (change === undefined) return null;
  return (
    <>
      {" "}
      <MetricMark change={change} />
    </>
  );
}
