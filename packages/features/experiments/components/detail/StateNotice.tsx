"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert } from "@calcom/ui";
import type { ExperimentDetail } from "../../types/admin";
import { useFormat } from "../shared/useFormat";

/** Where the state is not the usual one: who sees what now. */
export function StateNotice({ experiment }: { experiment: ExperimentDetail }) {
  const { t } = useLocale();
  const { day } = useFormat();
  const { status, winnerVariant, control, config } = experiment;
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
  const title =
    winnerVariant === null
      ? t("experiment_concluded_without_winner")
      : t("experiment_concluded_with_winner", { variant: winnerVariant });
  const endedAt = config?.endedAt ?? null;
  return (
    <Alert
      tone={winnerVariant === null ? "info" : "success"}
      title={title}
      description={
        <span>
          {endedAt !== null && t("experiment_concluded_on", { day: day(new Date(endedAt)) })}{" "}
          {t("experiment_concluded_code", { variant: winnerVariant ?? control })}
        </span>
      }
    />
  );
}
