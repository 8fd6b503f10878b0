"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { FlagAbilities, FlagSummary } from "../../types";
import { AssignButton } from "./AssignButton";

interface OverridesProps {
  flag: FlagSummary;
  abilities: FlagAbilities;
  onAssign: (flag: FlagSummary) => void;
}

/** Who has a flag against what it is for everyone, and the way to all of them. */
export function Overrides({ flag, abilities, onAssign }: OverridesProps) {
  const { t } = useLocale();
  const { on, off } = flag.overrides;
  const parts = [
    on > 0 && t(flag.type === "KILL_SWITCH" ? "flag_overrides_stop" : "flag_overrides_on", { count: on }),
    off > 0 && t("flag_overrides_off", { count: off }),
  ].filter((part) => part !== false);
  return (
    <span className="-ms-1.5 flex items-center gap-1 pointer-coarse:ms-0 pointer-coarse:gap-3">
      <AssignButton flag={flag} abilities={abilities} onAssign={onAssign} />
      <span>{parts.length > 0 ? parts.join("\u00a0· ") : t("flag_nobody_overridden")}</span>
    </span>
  );
}
