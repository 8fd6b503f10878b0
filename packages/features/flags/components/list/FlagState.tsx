"use client";

import { useLocale } from "@calcom/lib/i18n";
import { StatusDot, type StatusDotProps } from "@calcom/ui";
import type { FlagSummary } from "../../types";
import { stateText } from "../flag-words";

interface FlagStateProps {
  flag: Pick<FlagSummary, "type" | "enabled" | "rollout">;
}

/** Whether a flag is on, and for whom: the one thing that its row is looked at for. */
export function FlagState({ flag }: FlagStateProps) {
  const { t, locale } = useLocale();
  return <StatusDot {...lookOf(flag)}>{stateText(flag, t, locale)}</StatusDot>;
}

/** A kill switch that is on is an incident; any other flag that is on is as it should be. */
function lookOf({ type, enabled, rollout }: FlagStateProps["flag"]): Pick<StatusDotProps, "tone" | "shape"> {
  if (!enabled) return { tone: "muted", shape: "ring" };
  const shape = rollout === null ? "full" : "half";
  return { tone: type === "KILL_SWITCH" ? "destructive" : "success", shape };
}
