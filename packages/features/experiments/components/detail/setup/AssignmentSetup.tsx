"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { ExperimentConfig } from "../../../types/config";
import type { Schedule } from "../../../types/settings";
import { useFormat } from "../../shared/useFormat";
import { assignmentSentenceKeys, assignmentTypeKeys, unitKeys, unitSentenceKeys } from "../../shared/words";
import { Muted, SetupRow } from "./SetupRow";
import { TargetingSetup } from "./TargetingSetup";
import { VariantsSetup } from "./VariantsSetup";

interface AssignmentSetupProps {
  description: string;
  config: ExperimentConfig;
}

/** What it is about, and who gets what, when. */
export function AssignmentSetup({ description, config }: AssignmentSetupProps) {
  const { t } = useLocale();
  const { percentage } = useFormat();
  const { exclusionGroups } = config;
  const nothing = <Muted>{t("experiment_nothing")}</Muted>;
  return (
    <dl className="border-t text-dense">
      {description !== "" && <SetupRow term={t("description")}>{description}</SetupRow>}
      <SetupRow term={t("experiment_hypothesis")}>
        {config.hypothesis === "" ? nothing : config.hypothesis}
      </SetupRow>
      {config.tags.length > 0 && <SetupRow term={t("experiment_tags")}>{config.tags.join(", ")}</SetupRow>}
      <SetupRow term={t("experiment_unit")}>
        {t(unitKeys[config.unit])}
        <Muted>{t(unitSentenceKeys[config.unit])}</Muted>
      </SetupRow>
      <SetupRow term={t("experiment_assignment_type")}>
        {t(assignmentTypeKeys[config.assignmentType])}
        <Muted>{t(assignmentSentenceKeys[config.assignmentType])}</Muted>
      </SetupRow>
      <SetupRow term={t("experiment_targeting")}>
        <TargetingSetup unit={config.unit} targetingRules={config.targetingRules} />
      </SetupRow>
      <SetupRow term={t("experiment_traffic")}>{percentage(config.trafficPercentage)}</SetupRow>
      <SetupRow term={t("experiment_variants")}>
        <VariantsSetup config={config} />
      </SetupRow>
      <SetupRow term={t("experiment_exclusion_groups")}>
        {exclusionGroups.length === 0
          ? nothing
          : exclusionGroups.map(({ name, ranges }) => (
              <span key={name} className="block">
                <span className="font-mono text-xs">{name}</span>:{" "}
                {ranges.map(({ from, to }) => `${from}–${percentage(to)}`).join(", ")}
              </span>
            ))}
      </SetupRow>
      <SetupRow term={t("experiment_schedule")}>
        <ScheduleText schedule={config.schedule} />
      </SetupRow>
    </dl>
  );
}

function ScheduleText({ schedule: { startAt, stopAt } }: { schedule: Schedule }) {
  const { t } = useLocale();
  const { moment } = useFormat();
  if (startAt === null && stopAt === null) return <Muted>{t("experiment_schedule_none")}</Muted>;
  return (
    <>
      {startAt !== null && t("experiment_schedule_starts", { moment: moment(new Date(startAt)) })}
      {startAt !== null && stopAt !== null && "\n"}
      {stopAt !== null && t("experiment_schedule_pauses", { moment: moment(new Date(stopAt)) })}
    </>
  );
}
