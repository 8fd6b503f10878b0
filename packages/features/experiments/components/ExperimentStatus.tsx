"use client";

import { useLocale } from "@calcom/lib/i18n";
import { StatusDot, type StatusDotProps } from "@calcom/ui";
import type { Status } from "../types/settings";

export function ExperimentStatus({
  status,
  ...props
}: { status: Status } & Omit<StatusDotProps, "tone" | "shape">) {
  const { t } = useLocale();
  return (
    <StatusDot {...statusLooks[status]} {...props}>
      {t(statusKeys[status])}
    </StatusDot>
  );
}

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
  off: { tone: "destructive", shape: "ring" },
  concluded: { tone: "info", shape: "full" },
  archived: { tone: "muted", shape: "full" },
};
