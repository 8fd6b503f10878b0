"use client";

import { RadioGroup as RadioGroupPrimitive } from "radix-ui";
import type * as React from "react";
import { cn } from "../lib/cn";
import { useFieldControl } from "../lib/use-field-control";

export function RadioGroup({ className, ...props }: React.ComponentProps<typeof RadioGroupPrimitive.Root>) {
  const field = useFieldControl(props, { isGroup: true });
  return (
    <RadioGroupPrimitive.Root
      data-slot="radio-group"
      className={cn("grid gap-2", className)}
      {...props}
      {...field}
    />
  );
}

export function RadioGroupItem({
  className,
  ...props
}: React.ComponentProps<typeof RadioGroupPrimitive.Item>) {
  return (
    <RadioGroupPrimitive.Item
      data-slot="radio-group-item"
      className={cn(
        "peer relative size-4 shrink-0 rounded-full border border-control bg-background transition-colors",
        "after:absolute after:-inset-2 data-[state=checked]:border-primary-solid data-[state=checked]:bg-primary-solid",
        "disabled:cursor-not-allowed disabled:opacity-50",
        className,
      )}
      {...props}
    >
      <RadioGroupPrimitive.Indicator
        data-slot="radio-group-indicator"
        className="absolute inset-0 m-auto size-1.5 rounded-full bg-primary-solid-foreground"
      />
    </RadioGroupPrimitive.Item>
  );
}
