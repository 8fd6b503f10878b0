"use client";

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
  note?: ReactNode;
  /** What can be done with it. */
  children: ReactNode;
}

/** One line of the list: columns on a wide screen, below each other on a narrow one. */
export function ItemLayout({ flag, title, badges, description, isCode, note, children }: ItemLayoutProps) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 py-2.5 lg:grid-cols-[minmax(0,1fr)_9rem_8rem_auto] lg:items-center">
      <div className="min-w-0">
        <div className="flex min-h-5 flex-wrap items-center gap-x-2 gap-y-1">
          {title}
          {badges}
        </div>
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
      </div>
      <p className="text-dense text-muted-foreground tabular-nums max-lg:hidden">{note}</p>
      <p className="text-dense text-muted-foreground max-lg:hidden">
        <span className="block">{flag.updatedAt !== null && <RelativeTime date={flag.updatedAt} />}</span>
        {flag.updatedBy !== null && <span className="block truncate text-xs">{flag.updatedBy.name}</span>}
      </p>
      <div className="flex items-center justify-end gap-2 pointer-coarse:gap-4 lg:w-26 lg:pointer-coarse:w-30">
        {children}
      </div>
      <p className="col-span-2 text-muted-foreground text-xs tabular-nums lg:hidden">
        {flag.updatedAt !== null && <RelativeTime date={flag.updatedAt} />}
        {flag.updatedBy !== null && `\u00a0· ${flag.updatedBy.name}`}
        <span className="before:mx-1 before:content-['·'] empty:hidden">{note}</span>
      </p>
    </li>
  );
}
