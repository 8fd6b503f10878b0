import * as React from "react";
import { cn } from "../lib/cn";

export type PageHeaderProps = Omit<React.ComponentProps<"header">, "title"> & {
  title: React.ReactNode;
  description?: React.ReactNode;
  breadcrumbs?: React.ReactNode;
  actions?: React.ReactNode;
};

/**
 * The page's one h1, and what can be done with the whole page. On a phone a single action stands beside the title where
 * both fit, and takes a line of its own where they do not; several always begin a line of their own. Buttons fill their
 * line, so that however long their words are in a language, none is left over at its end.
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
          isSingle && "max-sm:gap-y-1.5",
        )}
      >
        {/* A long description breaks its lines before it takes the actions out of theirs. */}
        <div className={cn("min-w-0 sm:flex-[1_1_20rem]", isSingle && "max-sm:contents")}>
          {/* Takes the focus where what had it is gone. */}
          <h1
            tabIndex={-1}
            className={cn(
              "wrap-anywhere min-w-0 text-balance font-semibold text-xl tracking-tight focus:outline-none",
              // What is left of the line is the title's, and the action's only where it is alone there.
              isSingle && "max-sm:max-w-full max-sm:grow-[999]",
            )}
          >
            {title}
          </h1>
          {description !== undefined && (
            <div
              className={cn(
                "wrap-anywhere mt-0.5 max-w-3xl text-pretty text-muted-foreground text-sm",
                isSingle && "max-sm:order-1 max-sm:mt-0 max-sm:basis-full",
              )}
            >
              {description}
            </div>
          )}
        </div>
        {actions !== undefined && actions !== null && actions !== false && (
          <div
            className={cn(
              "flex flex-wrap items-center gap-2 empty:hidden print:hidden max-sm:grow",
              "max-sm:[&_[data-slot=button]:not([aria-haspopup=menu])]:grow",
              !isSingle && "max-sm:basis-full",
            )}
          >
            {actions}
          </div>
        )}
      </div>
    </header>
  );
}
