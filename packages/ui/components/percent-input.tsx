"use client";

import type * as React from "react";
import { cn } from "../lib/cn";
import { Input } from "./input";

/** A number with its % inside, as wide as a share needs. */
export function PercentInput({ className, ...props }: React.ComponentProps<typeof Input>) {
  return (
    <div className={cn("relative w-28", className)}>
      <Input inputMode="decimal" autoComplete="off" {...props} className="pe-6 text-right tabular-nums" />
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 end-2 flex items-center text-muted-foreground text-sm"
      >
        %
      </span>
    </div>
  );
}
