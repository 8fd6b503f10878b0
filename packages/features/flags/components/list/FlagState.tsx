"use client";

import { useLocale } from "@calcom/lib/i18n";
import { StatusDot, type StatusDotProps } from "@calcom/ui";
import type { FlagSummary } from "../../types";
import { rolloutText } from "../flag-words";

interface FlagStateProps {
  flag: Pick<FlagSummary, "type" | "enabled" | "rollout">;
}

/** Whether a flag is on, and for whom: the one thing that its row is looked at for. */
export function FlagState({ flag }: FlagStateProps) {
  const { t, locale } = useLocale();
  const { type, enabled, rollout } = flag;
  const words = type === "KILL_SWITCH" ? stopWords : onWords;
  const text = !enabled
    ? t("off")
    : rollout === null
      ? t(words.everyone)
      : t(words.some, { whom: rolloutText(rollout, t, locale) });
  return <StatusDot {...lookOf(flag)}>{text}</StatusDot>;
}

/** A kill switch that is on stops a part of the product: "on" would say the opposite. */
const stopWords = { everyone: "flag_state_stopped", some: "flag_state_stopped_for" };
const onWords = { everyone: "flag_state_on", some: "flag_state_rolled_out" };

/** A kill switch that is on is an incident; any other flag that is on is as it should be. */
function lookOf({ type, enabled, rollout }: FlagStateProps["flag"]): Pick<StatusDotProps, "tone" | "shape"> {
  if (!enabled) return { tone: "muted", shape: "ring" };
  const shape = rollout === null ? "full" : "half";
  return { tone: type === "KILL_SWITCH" ? "destructive" : "success", shape };
}
