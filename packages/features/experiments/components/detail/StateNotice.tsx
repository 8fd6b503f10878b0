"use client";

import { useLocale } from "@calcom/lib/i18n";
import { DAY_MS } from "@calcom/lib/time";
import { Alert } from "@calcom/ui";
import type { ExperimentDetail } from "../../types/admin";
import { useFormat } from "../shared/useFormat";
import { ConcludedNotice } from "./ConcludedNotice";

/** Where the state is not the usual one: who sees what now. */
export function StateNotice({
  experiment,
  reportPath,
}: {
  experiment: ExperimentDetail;
  reportPath: string;
}) {
  const { t } = useLocale();
  const { day } = useFormat();
  const { slug, status, lastAsk, isTurnedOff } = experiment;
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
  if (isTurnedOff)
    return (
      <Alert
        tone="warning"
        title={t("experiment_flag_off_notice")}
        description={t("experiment_flag_off_notice_text")}
      />
    );
  if (status === "paused")
    return <Alert title={t("experiment_paused_notice")} description={t("experiment_paused_notice_text")} />;
  if (status === "off")
    return (
      <Alert
        tone="warning"
        title={t("experiment_off_notice")}
        description={t("experiment_off_notice_text")}
      />
    );
  if (status !== "concluded" && status !== "archived") return null;
  return <ConcludedNotice experiment={experiment} reportPath={reportPath} />;
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
