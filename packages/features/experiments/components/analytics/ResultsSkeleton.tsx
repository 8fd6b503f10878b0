"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Skeleton } from "@calcom/ui";

/** As high as what comes: a verdict, a table, two charts. */
export function ResultsSkeleton({ rows }: { rows: number }) {
  const { t } = useLocale();
  return (
    <div role="status" aria-label={t("results_loading")} className="grid gap-6">
      <Skeleton className="h-28 w-full" />
      <div className="grid gap-3">
        {Array.from({ length: rows + 1 }, (_, row) => row).map((row) => (
          <Skeleton key={row} className="h-8 w-full" />
        ))}
      </div>
      <div className="grid gap-8 lg:grid-cols-2">
        <Skeleton className="h-72 w-full" />
        <Skeleton className="h-72 w-full" />
      </div>
    </div>
  );
}
