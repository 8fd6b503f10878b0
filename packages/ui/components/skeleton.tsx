import type * as React from "react";
import { cn } from "../lib/cn";

/** Holds the place of what is loading: give it the final size, so that nothing shifts. */
export function Skeleton({ className, ...props }: React.ComponentProps<"div">) {
  return (
    <div
      aria-hidden
      data-slot="skeleton"
      className={cn("rounded-md bg-muted motion-safe:animate-pulse", className)}
      {...props}
    />
  );
}
