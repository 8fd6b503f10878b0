import type * as React from "react";
import { cn } from "../lib/cn";

export type PageHeaderProps = Omit<React.ComponentProps<"header">, "title"> & {
  title: React.ReactNode;
  description?: React.ReactNode;
  breadcrumbs?: React.ReactNode;
  actions?: React.ReactNode;
};

/** The page's one h1, and what can be done with the whole page. */
export function PageHeader({
  title,
  description,
  breadcrumbs,
  actions,
  className,
  ...props
}: PageHeaderProps) {
  return (
    <header data-slot="page-header" className={cn("flex flex-col gap-2", className)} {...props}>
      {breadcrumbs}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          {/* Takes the focus where what had it is gone. */}
          <h1
            tabIndex={-1}
            className="wrap-anywhere text-balance font-semibold text-xl tracking-tight focus:outline-none"
          >
            {title}
          </h1>
          {description !== undefined && (
            <div className="wrap-anywhere mt-0.5 text-pretty text-muted-foreground text-sm">
              {description}
            </div>
          )}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
