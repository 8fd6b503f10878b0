"use client";

import { useLocale } from "@calcom/lib/i18n";
import { DAY_MS } from "@calcom/lib/time";
import { Alert } from "@calcom/ui";
import type { ExperimentDetail } from "../../types/admin";
import { useFormat } from "../shared/useFormat";
import { conclusionReasonKeys } from "../shared/words";

/** Where the state is not the usual one: who sees what now. */
export function StateNotice({ experiment }: { experiment: ExperimentDetail }) {
  const { t } = useLocale();
  const { day } = useFormat();
  const { slug, status, winnerVariant, control, config, lastAsk, isConverted, isTurnedOff } = experiment;
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
  const isFlagAgain = isConverted && winnerVariant === null;
  const title =
    winnerVariant === null
      ? t(isFlagAgain ? "experiment_concluded_flag" : "experiment_concluded_without_winner")
      : t("experiment_concluded_with_winner", { variant: winnerVariant });
  const endedAt = config?.endedAt ?? null;
  return (
    <Alert
      tone={winnerVariant === null ? "info" : "success"}
      title={title}
      description={
        <span>
          {endedAt !== null && t("experiment_concluded_on", { day: day(new Date(endedAt)) })}{" "}
          {config?.conclusionReason && (
            <>
              {t("experiment_concluded_because", {
                reason: t(conclusionReasonKeys[config.conclusionReason]),
              })}{" "}
            </>
          )}
          {isFlagAgain
            ? t("experiment_concluded_flag_text")
            : t("experiment_concluded_code", { variant: winnerVariant ?? control })}
          {config?.learning && (
            <span className="wrap-anywhere mt-2 block whitespace-pre-line">
              <span className="font-medium">{t("experiment_learning")}:</span> {config.learning}
            </span>
          )}
        </span>
      }
    />
  );
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
