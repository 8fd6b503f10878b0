import type { Locale } from "@calcom/lib/i18n";

export interface Deleted {
  name: string;
  assignments: number;
  conversions: number;
}

/** What a deletion has destroyed, in one sentence. */
export function tellDeleted({ t, locale }: Locale, { name, assignments, conversions }: Deleted): string {
  const counts = new Intl.NumberFormat(locale);
  const data = [
    [assignments, "experiment_deleted_assignments"] as const,
    [conversions, "experiment_deleted_conversions"] as const,
  ]
    .filter(([count]) => count > 0)
    .map(([count, key]) => t(key, { count, formatted: counts.format(count) }));
  if (data.length === 0) return t("experiment_done_delete", { name });
  const all = new Intl.ListFormat(locale, { type: "conjunction" }).format(data);
  return t("experiment_done_delete_data", { name, data: all });
}
