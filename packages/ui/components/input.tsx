"use client";

import type * as React from "react";
import { cn } from "../lib/cn";
import { useFieldControl } from "../lib/use-field-control";

/** The frame that Input, Textarea and SelectTrigger share. 16 px on touch screens, below which iOS zooms in. */
export const controlClasses = [
  "w-full min-w-0 rounded-md border border-input bg-background text-sm transition-colors",
  "placeholder:text-muted-foreground pointer-coarse:text-base",
  "focus-visible:border-ring focus-visible:outline-offset-[-1px]",
  "disabled:cursor-not-allowed disabled:bg-muted disabled:opacity-60",
  "aria-invalid:border-destructive aria-invalid:focus-visible:outline-destructive",
];

export function Input({ className, ...props }: React.ComponentProps<"input">) {
  const field = useFieldControl(props);
  return (
    <input
      data-slot="input"
      className={cn(
        controlClasses,
        "h-8 px-2.5 read-only:bg-muted pointer-coarse:h-11",
        "file:me-2 file:h-full file:border-0 file:bg-transparent file:font-medium file:text-dense",
        className,
      )}
      {...props}
      {...field}
    />
  );
}
