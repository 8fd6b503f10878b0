import * as React from "react";
import { cn } from "../lib/cn";

export type PageHeaderProps = Omit<React.ComponentProps<"header">, "title"> & {
  title: React.ReactNode;
  description?: React.ReactNode;
  breadcrumbs?: React.ReactNode;
  actions?: React.ReactNode;
};

/**
 * The page's one h1, and what can be done with the whole page. On a phone a single action stands beside the title, and
 * several begin a line of their own.
 */
export function PageHeader({
  title,
  description,
  breadcrumbs,
  actions,
  className,
  ...props
}: PageHeaderProps) {
  const isSingle = React.isValidElement(actions) && actions.type !== React.Fragment;
  return (
    <header data-slot="page-header" className={cn("flex flex-col gap-2", className)} {...props}>
      {breadcrumbs}
      <div
        className={cn(
          "flex flex-wrap items-start justify-between gap-x-4 gap-y-3",
          isSingle && "max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-y-1",
        )}
      >
        <div className={cn("min-w-0", isSingle && "max-sm:contents")}>
          {/* Takes the focus where what had it is gone. */}
          <h1
            tabIndex={-1}
            className="wrap-anywhere min-w-0 text-balance font-semibold text-xl tracking-tight focus:outline-none"
          >
            {title}
          </h1>
          {description !== undefined && (
            <div
              className={cn(
                "wrap-anywhere mt-0.5 text-pretty text-muted-foreground text-sm",
                isSingle && "max-sm:col-span-2 max-sm:row-start-2",
              )}
            >
              {description}
            </div>
          )}
        </div>
        {actions !== undefined && (
          <div className="flex flex-wrap items-center gap-2 print:hidden">{actions}</div>
        )}
      </div>
    </header>
  );
}
