"use client";

import { useLocale } from "@calcom/lib/i18n";
import { SheetBody, Skeleton } from "@calcom/ui";

export function ExperimentConfigSkeleton() {
  const { t } = useLocale();
  return (
    <SheetBody role="status" aria-label={t("flag_experiment_loading")}>
      <div className="grid gap-3">
        <Skeleton className="h-4 w-20" />
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-2 w-full" />
        <Skeleton className="mt-6 h-4 w-32" />
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-10 w-full" />
      </div>
    </SheetBody>
  );
}
