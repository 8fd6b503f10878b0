import type * as React from "react";
import { cn } from "../lib/cn";

export type EmptyStateProps = Omit<React.ComponentProps<"div">, "title"> & {
  icon?: React.ReactNode;
  title: React.ReactNode;
  description: React.ReactNode;
  action?: React.ReactNode;
};

/** An empty list teaches: one sentence, one button. */
export function EmptyState({ icon, title, description, action, className, ...props }: EmptyStateProps) {
  return (
    <div
      data-slot="empty-state"
      className={cn("flex flex-col items-start gap-1 rounded-lg border border-dashed px-6 py-8", className)}
      {...props}
    >
      {icon !== undefined && (
        <div aria-hidden className="mb-2 text-muted-foreground [&_svg:not([class*='size-'])]:size-5">
          {icon}
        </div>
      )}
      <p className="font-medium text-sm">{title}</p>
      <div className="max-w-prose text-pretty text-muted-foreground text-sm">{description}</div>
      {action !== undefined && <div className="mt-3">{action}</div>}
    </div>
  );
}
