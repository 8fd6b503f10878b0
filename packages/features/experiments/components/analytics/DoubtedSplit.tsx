"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Disclosure } from "@calcom/ui";
import { createContext, type ReactNode, useContext } from "react";
import { VerdictIcon } from "./VerdictIcon";

const IsOff = createContext(false);

/** Tells all that counts by variant below it whether the split is off. */
export function DoubtedSplit({ isOff, children }: { isOff: boolean; children: ReactNode }) {
  return <IsOff value={isOff}>{children}</IsOff>;
}

export function useIsSplitOff(): boolean {
  return useContext(IsOff);
}

/** What variants did where the split is off: folded under the reason, for the groups are not alike. */
export function DoubtedFigures({ children }: { children: ReactNode }) {
  const { t } = useLocale();
  return (
    <div className="grid gap-1 rounded-lg border border-warning-border bg-warning-muted px-3 py-2 text-dense *:min-w-0">
      <p className="flex items-start gap-1.5">
        <VerdictIcon tone="doubt" className="mt-0.5 size-3.5" />
        <span className="max-w-prose text-pretty">{t("results_split_off_hidden")}</span>
      </p>
      <Disclosure summary={t("results_split_off_show")}>
        <div className="mt-2 *:min-w-0">{children}</div>
      </Disclosure>
    </div>
  );
}
