"use client";

import { useLocale } from "@calcom/lib/i18n";
import { DEFAULT_PLANNED_SUBJECTS, type ExperimentConfig } from "../../../types";
import { useMetricName } from "../../form/metrics-port";
import { useFormat } from "../../shared/useFormat";
import { Muted, SetupRow } from "./SetupRow";

/** What is measured, what of it decides, and how the numbers are read. */
export function AnalysisSetup({ config }: { config: ExperimentConfig }) {
  const { t } = useLocale();
  const { count } = useFormat();
  const { metrics, analysis, clientEvents } = config;
  return (
    <dl className="border-t text-dense">
      <SetupRow term={t("metrics_primary")}>
        <PrimaryMetric config={config} />
      </SetupRow>
      <MetricsRow term={t("metrics_watched")} keys={metrics.secondary} />
      <MetricsRow term={t("metrics_guardrails")} keys={metrics.guardrails} />
      <SetupRow term={t("analysis_mode")}>
        {t(`analysis_${analysis.mode}`)}
        <Muted>{t(`analysis_${analysis.mode}_sentence`)}</Muted>
      </SetupRow>
      <SetupRow term={t("analysis_minimum_runtime")}>
        {t("experiment_days", { count: analysis.minimumRuntimeDays })}
      </SetupRow>
      <SetupRow term={t("analysis_planned_subjects")}>
        {count(analysis.plannedSubjects ?? DEFAULT_PLANNED_SUBJECTS)}
        {analysis.plannedSubjects === null && <Muted>{t("analysis_planned_subjects_unset")}</Muted>}
      </SetupRow>
      <SetupRow term={t("experiment_client_events")}>
        {clientEvents.length === 0 ? (
          <Muted>{t("experiment_summary_no_events")}</Muted>
        ) : (
          <span className="wrap-anywhere font-mono text-xs">{clientEvents.join(", ")}</span>
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

/** Where none was chosen, the first event that browsers report decides. */
function PrimaryMetric({ config: { metrics, clientEvents } }: { config: ExperimentConfig }) {
  const { t } = useLocale();
  const nameOf = useMetricName();
  const [firstEvent] = clientEvents;
  if (metrics.primary !== null) return nameOf(metrics.primary);
  if (firstEvent === undefined) return <Muted>{t("metrics_none_decides")}</Muted>;
  return (
    <>
      {nameOf(`event:${firstEvent}`)}
      <Muted>{t("metrics_first_event")}</Muted>
    </>
  );
}

function MetricsRow({ term, keys }: { term: string; keys: readonly string[] }) {
  const nameOf = useMetricName();
  if (keys.length === 0) return null;
  return (
    <SetupRow term={term}>
      {keys.map((key) => (
        <span key={key} className="block">
          {nameOf(key)}
        </span>
      ))}
    </SetupRow>
  );
}
