import { ChevronRightIcon } from "lucide-react";
import type * as React from "react";
import { cn } from "../lib/cn";

export type DisclosureProps = Omit<React.ComponentProps<"details">, "title"> & {
  /** What stands there while the rest is folded. */
  summary: React.ReactNode;
  summaryClassName?: string;
};

/**
 * What is unfolded on demand. The browser's own triangle is left out: it has the size and the colour of no theme, and
 * each browser draws another.
 */
export function Disclosure({ summary, summaryClassName, className, children, ...props }: DisclosureProps) {
  return (
    <details data-slot="disclosure" className={cn("min-w-0", className)} {...props}>
      <summary
        className={cn(
          "flex w-fit items-start gap-1 rounded-sm text-muted-foreground transition-colors hover:text-foreground",
          disclosureSummaryClasses,
          summaryClassName,
        )}
      >
        {/* As high as a line, so that it stands in the middle of the first one. */}
        <span className="flex h-[1lh] items-center">
          <DisclosureChevron className="size-3.5" />
        </span>
        <span className="wrap-anywhere min-w-0">{summary}</span>
      </summary>
      {children}
    </details>
  );
}

/** For a `<summary>` that draws the chevron itself. */
export const disclosureSummaryClasses = "list-none [&::-webkit-details-marker]:hidden";

/** Turns with the details whose summary it is in, and with no others around them. */
export function DisclosureChevron({ className }: { className?: string }) {
  return (
    <ChevronRightIcon
      aria-hidden
      className={cn(
        "size-4 shrink-0 text-muted-foreground transition-transform motion-reduce:transition-none",
        "rtl:-scale-x-100 [details[open]>summary_&]:rotate-90 rtl:[details[open]>summary_&]:-rotate-90",
        className,
      )}
    />
  );
}
