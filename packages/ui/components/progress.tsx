"use client";

import { Progress as ProgressPrimitive } from "radix-ui";
import type * as React from "react";
import { cn } from "../lib/cn";

/** `value` in 0..`max` (100 unless told); null: under way, nobody knows how far. Needs `aria-label` or a labelling id. */
export function Progress({
  className,
  value = null,
  max = 100,
  ...props
}: React.ComponentProps<typeof ProgressPrimitive.Root>) {
  const clamped = value === null ? null : Math.min(Math.max(value, 0), max);
  const share = clamped === null ? 0 : (clamped / max) * 100;
  return (
    <ProgressPrimitive.Root
      data-slot="progress"
      value={clamped}
      max={max}
      className={cn("relative h-1.5 w-full overflow-hidden rounded-full bg-muted", className)}
      {...props}
    >
      <ProgressPrimitive.Indicator
        data-slot="progress-indicator"
        className={cn(
          "h-full rounded-full bg-primary transition-[width]",
          clamped === null && "w-full motion-safe:animate-pulse",
        )}
        style={clamped === null ? undefined : { width: `${share}%` }}
      />
    </ProgressPrimitive.Root>
  );
}
