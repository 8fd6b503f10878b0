"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn } from "@calcom/ui";
import type { ReactNode } from "react";
import { RelativeTime } from "../../../experiments/components/RelativeTime";
import type { FlagSummary } from "../../types";

interface ItemLayoutProps {
  flag: FlagSummary;
  title: ReactNode;
  badges?: ReactNode;
  description: ReactNode;
  /** The description is a name from the code. */
  isCode?: boolean;
  /** What it is at the moment. */
  state: ReactNode;
  /** Who has it against that. */
  overrides?: ReactNode;
  /** What can be done with it. */
  children: ReactNode;
}

/** One line of the list: what it is, its state, who has it, and since when; in columns where there is room for them. */
export function ItemLayout(props: ItemLayoutProps) {
  const { flag, title, badges, description, isCode, state, overrides, children } = props;
  const { t } = useLocale();
  const { updatedAt, updatedBy } = flag;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1.5 py-2.5 xl:grid-cols-[minmax(0,1fr)_10rem_11rem_9rem_auto] xl:items-center">
      <div className="min-w-0">
        <div className="flex min-h-5 items-center">{title}</div>
        {description !== "" && (
          <div
            className={cn(
              "wrap-anywhere mt-0.5 text-dense text-muted-foreground",
              isCode && "font-mono text-xs",
            )}
          >
            {description}
          </div>
        )}
        <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 empty:hidden">{badges}</div>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dense text-muted-foreground max-xl:col-span-2 max-xl:row-start-2 xl:contents">
        <div className="flex text-foreground">{state}</div>
        <div className="tabular-nums max-xl:empty:hidden">{overrides}</div>
        <p className="max-xl:text-xs max-sm:basis-full">
          {updatedAt !== null && (
            <>
              {t("experiment_changed")} <RelativeTime date={updatedAt} />
            </>
          )}
          {updatedBy !== null && (
            <span className="max-xl:before:mx-1 max-xl:before:content-['·'] xl:block xl:truncate xl:text-xs">
              {updatedBy.name}
            </span>
          )}
        </p>
      </div>
      <div className="flex items-center justify-end gap-2 pointer-coarse:gap-4 max-xl:col-start-2 max-xl:row-start-1 xl:w-20 xl:pointer-coarse:w-24">
        {children}
      </div>
    </li>
  );
}
