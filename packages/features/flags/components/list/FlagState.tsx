"use client";

import { useLocale } from "@calcom/lib/i18n";
import { StatusDot } from "@calcom/ui";
import { flagLook } from "../../../experiments/components/flag-look";
import type { FlagSummary } from "../../types";
import { stateText } from "../flag-words";

interface FlagStateProps {
  flag: Pick<FlagSummary, "type" | "enabled" | "rollout">;
}

/** Whether a flag is on, and for whom: the one thing that its row is looked at for. */
export function FlagState({ flag }: FlagStateProps) {
  const { t, locale } = useLocale();
  const { enabled, type, rollout } = flag;
  const look = flagLook({ isOn: enabled, isKillSwitch: type === "KILL_SWITCH", isForSome: rollout !== null });
  return <StatusDot {...look}>{stateText(flag, t, locale)}</StatusDot>;
}
