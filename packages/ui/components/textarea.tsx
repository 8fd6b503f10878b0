"use client";

import type * as React from "react";
import { cn } from "../lib/cn";
import { useFieldControl } from "../lib/use-field-control";
import { controlClasses } from "./input";

/** Grows with its text, from three lines on. */
export function Textarea({ className, ...props }: React.ComponentProps<"textarea">) {
  const field = useFieldControl(props);
  return (
    <textarea
      data-slot="textarea"
      className={cn(
        controlClasses,
        "field-sizing-content read-only:bg-muted min-h-[76px] px-2.5 py-1.5",
        className,
      )}
      {...props}
      {...field}
    />
  );
}
