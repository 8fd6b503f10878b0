"use client";

import { useLocale } from "@calcom/lib/i18n";
import { RelativeTime } from "../RelativeTime";

/** Of what time a count is; nothing where it was made for whoever looks. */
export function CountedAt({ at }: { at: Date | null }) {
  const { t } = useLocale();
  if (at === null) return null;
  return (
    <>
      {t("experiment_counted")} <RelativeTime date={at} />
    </>
  );
}
