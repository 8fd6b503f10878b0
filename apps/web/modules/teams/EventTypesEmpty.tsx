"use client";

import { useLocale } from "@calcom/lib/i18n";
import { EmptyState } from "@calcom/ui";

export function EventTypesEmpty() {
  const { t } = useLocale();
  return <EmptyState title={t("teams_no_event_types")} description={t("teams_no_event_types_text")} />;
}
