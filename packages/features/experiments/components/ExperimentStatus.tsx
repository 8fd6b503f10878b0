"use client";

import { type Translate, useLocale } from "@calcom/lib/i18n";
import { cn, StatusDot, type StatusDotProps } from "@calcom/ui";
import { CalendarClockIcon } from "lucide-react";
import type { ExperimentSummary } from "../types/admin";
import type { Status } from "../types/settings";

export type ShownStanding = Pick<ExperimentSummary, "status" | "isTurnedOff">;

/** How whatever is overdue looks, wherever it is said. */
export const OverdueIcon = CalendarClockIcon;

/** That it goes on although all that was planned has come, beside its status. */
export function OverdueMark({ className }: { className?: string }) {
  const { t } = useLocale();
  return (
    <span className={cn("inline-flex items-center gap-1 text-warning text-xs", className)}>
      <OverdueIcon aria-hidden className="size-3.5" />
      {t("health_past_end")}
    </span>
  );
}

export function ExperimentStatus({
  status,
  isTurnedOff,
  ...props
}: ShownStanding & Omit<StatusDotProps, "tone" | "shape">) {
  const { t } = useLocale();
  return (
    <StatusDot {...statusLooks[isTurnedOff ? "off" : status]} {...props}>
      {statusText({ status, isTurnedOff }, t)}
    </StatusDot>
  );
}

/** How every page names where an experiment stands: its status, and that what was a flag is turned off beyond that. */
export function statusText(
  { status, isTurnedOff, isOverdue = false }: ShownStanding & { isOverdue?: boolean },
  t: Translate,
): string {
  const said = t(statusKeys[status]);
  if (isOverdue) return t("experiment_status_overdue", { status: said });
  return isTurnedOff && status !== "off" ? t("experiment_status_turned_off", { status: said }) : said;
}

/** Of a status alone, as in a filter, a legend and the log. */
export const statusKeys: Record<Status, string> = {
  draft: "experiment_status_draft",
  running: "experiment_status_running",
  paused: "experiment_status_paused",
  off: "experiment_status_off",
  concluded: "experiment_status_concluded",
  archived: "experiment_status_archived",
};

/** The colour and the shape of each; a word stands beside them. */
export const statusLooks: Record<Status, Required<Pick<StatusDotProps, "tone" | "shape">>> = {
  draft: { tone: "muted", shape: "ring" },
  running: { tone: "success", shape: "full" },
  paused: { tone: "warning", shape: "half" },
  off: { tone: "muted", shape: "stop" },
  concluded: { tone: "info", shape: "full" },
  archived: { tone: "muted", shape: "full" },
};
