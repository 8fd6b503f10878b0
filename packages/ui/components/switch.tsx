"use client";

import { Switch as SwitchPrimitive } from "radix-ui";
import type * as React from "react";
import { cn } from "../lib/cn";
import { useFieldControl } from "../lib/use-field-control";

export type SwitchProps = React.ComponentProps<typeof SwitchPrimitive.Root> & {
  /** Warning: while it is checked, something is stopped. */
  tone?: "default" | "warning";
};

export function Switch({ className, tone = "default", ...props }: SwitchProps) {
  const field = useFieldControl(props);
  return (
    <SwitchPrimitive.Root
      data-slot="switch"
      className={cn(
        "peer relative inline-flex h-[18px] w-8 shrink-0 items-center rounded-full transition-colors",
        "after:absolute after:-inset-x-1 after:-inset-y-2",
        "pointer-coarse:after:-inset-x-1.5 pointer-coarse:after:-inset-y-[13px]",
        "data-[state=unchecked]:bg-control",
        tone === "warning" ? "data-[state=checked]:bg-warning" : "data-[state=checked]:bg-primary-solid",
        "disabled:cursor-not-allowed disabled:opacity-50",
        className,
      )}
      {...props}
      {...field}
    >
      <SwitchPrimitive.Thumb
        data-slot="switch-thumb"
        className={cn(
          "pointer-events-none block size-3.5 rounded-full bg-primary-solid-foreground transition-transform",
          "data-[state=checked]:translate-x-4 data-[state=unchecked]:translate-x-0.5",
          // The colour of warnings is light in the dark theme.
          tone === "warning" && "data-[state=checked]:bg-background",
        )}
      />
    </SwitchPrimitive.Root>
  );
}
