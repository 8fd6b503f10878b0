"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Badge } from "@calcom/ui";
import type { FlagSummary } from "../../types";
import { rolloutText } from "../flag-words";

/** While a flag is off, for whom it will be on. Of one that is on its state says that. */
export function RolloutBadge({ flag: { rollout, enabled } }: { flag: FlagSummary }) {
  const { t, locale } = useLocale();
  if (rollout === null || enabled) return null;
  return (
    <Badge variant="muted" title={t("flag_rollout_off")}>
      {t("flag_rollout_once_on", { whom: rolloutText(rollout, t, locale) })}
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
export function UnchangedBadge({ flag: { unchangedDays } }: { flag: FlagSummary }) {
  const { t } = useLocale();
  if (unchangedDays === null) return null;
  return (
    <Badge variant="muted" title={t("flag_stale_sentence")}>
      {t("flag_unchanged", { count: unchangedDays })}
    </Badge>
  );
}
