"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Badge } from "@calcom/ui";
import type { FlagSummary } from "../../types";
import { rolloutText } from "../flag-words";

export function RolloutBadge({ flag: { rollout, enabled } }: { flag: FlagSummary }) {
  const { t, locale } = useLocale();
  if (rollout === null) return null;
  return (
    <Badge variant="muted" title={enabled ? undefined : t("flag_rollout_off")}>
      {rolloutText(rollout, t, locale)}
    </Badge>
  );
}

export function StaleBadge() {
  const { t } = useLocale();
  return (
    <Badge variant="warning" title={t("flag_stale_sentence")}>
      {t("flag_stale")}
    </Badge>
  );
}

/** Marks a flag that has been on, or off, for everybody and unchanged for long. */
export function UnchangedBadge({ flag: { enabled, unchangedDays } }: { flag: FlagSummary }) {
  const { t } = useLocale();
  if (unchangedDays === null) return null;
  return (
    <Badge variant="muted" title={t("flag_stale_sentence")}>
      {t(enabled ? "flag_unchanged_on" : "flag_unchanged_off", { count: unchangedDays })}
    </Badge>
  );
}
