"use client";

import { useLocale } from "@calcom/lib/i18n";
import { DAY_MS } from "@calcom/lib/time";
import { Alert } from "@calcom/ui";
import type { ExperimentDetail } from "../../types/admin";
import { useFormat } from "../shared/useFormat";
import { ConcludedNotice } from "./ConcludedNotice";

interface StateNoticeProps {
  experiment: ExperimentDetail;
  reportPath: string;
}

/** Where the state is not the usual one: who sees what now. The brake of a flag hides nothing of how it ended. */
export function StateNotice({ experiment, reportPath }: StateNoticeProps) {
  const { t } = useLocale();
  return (
    <>
      {experiment.isTurnedOff && (
        <Alert
          tone="warning"
          title={t("experiment_flag_off_notice")}
          description={t("experiment_flag_off_notice_text")}
        />
      )}
      <StatusNotice experiment={experiment} reportPath={reportPath} />
    </>
  );
}

function StatusNotice({ experiment, reportPath }: StateNoticeProps) {
  const { t } = useLocale();
  const { day } = useFormat();
  const { slug, status, lastAsk } = experiment;
  if (isWaitingForCode(experiment, new Date()))
    return (
      <Alert
        tone="warning"
        title={
          lastAsk === null
            ? t("experiment_no_code", { slug })
            : t("experiment_no_code_since", { slug, day: day(lastAsk.at) })
        }
        description={t("experiment_no_code_text")}
      />
    );
  switch (status) {
    case "paused":
      return <Alert title={t("experiment_paused_notice")} description={t("experiment_paused_notice_text")} />;
    case "off":
      return (
        <Alert
          tone="warning"
          title={t("experiment_off_notice")}
          description={t("experiment_off_notice_text")}
        />
      );
    case "concluded":
    case "archived":
      return <ConcludedNotice experiment={experiment} reportPath={reportPath} />;
    case "draft":
    case "running":
      return null;
  }
}

/** A quiet weekend is no reason to look for a fault. */
const SILENT_DAYS = 7;

/** It runs, and nobody can take part: a page that was never deployed, or is gone. */
function isWaitingForCode({ status, lastAsk, assignments }: ExperimentDetail, now: Date): boolean {
  if (status !== "running") return false;
  // Of those who came before questions were counted there are rows.
  if (lastAsk === null) return assignments === 0;
  return now.getTime() - lastAsk.at.getTime() > SILENT_DAYS * DAY_MS;
}
