import type * as React from "react";
import { cn } from "../lib/cn";

/**
 * A table that is too wide scrolls inside its own frame, never the page. `scrollLabel` names that frame and lets the
 * keyboard scroll it: give it where the rows hold nothing that takes the focus.
 */
export function Table({
  className,
  scrollLabel,
  ...props
}: React.ComponentProps<"table"> & { scrollLabel?: string }) {
  // No landmark: the section around it is one, of the same name.
  const frame = scrollLabel === undefined ? {} : { role: "group", "aria-label": scrollLabel, tabIndex: 0 };
  return (
    <div data-slot="table-frame" className="relative w-full overflow-x-auto scroll-shade-x" {...frame}>
      <table
        data-slot="table"
        className={cn("w-full border-collapse text-dense tabular-nums", className)}
        {...props}
      />
    </div>
  );
}

export function TableHeader({ className, ...props }: React.ComponentProps<"thead">) {
  return <thead data-slot="table-header" className={cn("[&_tr]:border-b", className)} {...props} />;
}

export function TableBody({ className, ...props }: React.ComponentProps<"tbody">) {
  return <tbody data-slot="table-body" className={cn("[&_tr:last-child]:border-0", className)} {...props} />;
}

export function TableFooter({ className, ...props }: React.ComponentProps<"tfoot">) {
  return <tfoot data-slot="table-footer" className={cn("border-t font-medium", className)} {...props} />;
}

export function TableRow({ className, ...props }: React.ComponentProps<"tr">) {
  return (
    <tr
      data-slot="table-row"
      className={cn(
        "border-b transition-colors hover:bg-subtle data-[state=selected]:bg-muted [thead_&]:hover:bg-transparent",
        className,
      )}
      {...props}
    />
  );
}

/** `numeric` sets the column to its end, as numbers are read. */
export function TableHead({
  className,
  numeric = false,
  ...props
}: React.ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      data-slot="table-head"
      scope="col"
      className={cn(
        "h-8 whitespace-nowrap px-3 text-start align-middle font-medium text-muted-foreground text-xs",
        numeric && "text-end",
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({
  className,
  numeric = false,
  ...props
}: React.ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      data-slot="table-cell"
      className={cn("px-3 py-2 align-middle", numeric && "whitespace-nowrap text-end", className)}
      {...props}
    />
  );
}

export function TableCaption({ className, ...props }: React.ComponentProps<"caption">) {
  return (
    <caption
      data-slot="table-caption"
      className={cn("caption-bottom pt-3 text-start text-muted-foreground text-xs", className)}
      {...props}
    />
  );
}
