"use client";

import { Switch as SwitchPrimitive } from "radix-ui";
import type * as React from "react";
import { cn } from "../lib/cn";
import { useFieldControl } from "../lib/use-field-control";

export function Switch({ className, ...props }: React.ComponentProps<typeof SwitchPrimitive.Root>) {
  const field = useFieldControl(props);
  return (
    <SwitchPrimitive.Root
      data-slot="switch"
      className={cn(
        "peer relative inline-flex h-[18px] w-8 shrink-0 items-center rounded-full transition-colors",
        "after:absolute after:-inset-x-1 after:-inset-y-2",
        "pointer-coarse:after:-inset-x-1.5 pointer-coarse:after:-inset-y-[13px]",
        "data-[state=checked]:bg-primary-solid data-[state=unchecked]:bg-control",
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
        )}
      />
    </SwitchPrimitive.Root>
  );
}
