"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Skeleton } from "@calcom/ui";

/** As high as what will replace it. */
export function FlagListSkeleton() {
  const { t } = useLocale();
  return (
    <div role="status" aria-label={t("flags_loading")} className="flex flex-col gap-6">
      <Skeleton className="h-8 w-full sm:w-64" />
      {["w-24", "w-28"].map((title) => (
        <div key={title} className="flex flex-col gap-3">
          <div className="flex h-11 flex-col justify-center gap-1.5">
            <Skeleton className={`h-4 ${title}`} />
            <Skeleton className="h-3.5 w-72 max-w-full" />
          </div>
          <ul className="divide-y border-y">
            {["a", "b", "c"].map((row) => (
              <li key={row} className="flex h-[61px] items-center justify-between gap-4">
                <div className="grid gap-1.5">
                  <Skeleton className="h-3.5 w-36" />
                  <Skeleton className="h-3 w-56 max-w-full" />
                </div>
                <Skeleton className="h-[18px] w-8 rounded-full" />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
