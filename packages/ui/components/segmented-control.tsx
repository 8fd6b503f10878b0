"use client";

import { RadioGroup as RadioGroupPrimitive } from "radix-ui";
import type * as React from "react";
import { cn } from "../lib/cn";
import { useFieldControl } from "../lib/use-field-control";

export type SegmentedControlOption<Value extends string> = {
  value: Value;
  label: React.ReactNode;
  disabled?: boolean;
};

export type SegmentedControlProps<Value extends string> = Omit<
  React.ComponentProps<typeof RadioGroupPrimitive.Root>,
  "value" | "defaultValue" | "onValueChange" | "children"
> & {
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly SegmentedControlOption<Value>[];
  size?: "sm" | "default";
};

/** One of a few, all in view: a radio group, moved through by the arrow keys. Inside a `Field`, or with `aria-label`. */
export function SegmentedControl<Value extends string>({
  value,
  onValueChange,
  options,
  size = "default",
  className,
  ...props
}: SegmentedControlProps<Value>) {
  const field = useFieldControl(props, { isGroup: true });
  return (
    <RadioGroupPrimitive.Root
      data-slot="segmented-control"
      orientation="horizontal"
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onValueChange(option.value);
      }}
      className={cn(
        "inline-flex w-fit max-w-full items-center rounded-md border border-input bg-muted p-0.5",
        size === "sm" ? "h-7" : "h-8",
        "pointer-coarse:h-11",
        className,
      )}
      {...props}
      {...field}
    >
      {options.map((option) => (
        <RadioGroupPrimitive.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled}
          data-slot="segmented-control-item"
          className={cn(
            "inline-flex h-full min-w-0 flex-1 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm border border-transparent",
            "px-2.5 font-medium text-dense text-muted-foreground transition-colors hover:text-foreground",
            "focus-visible:outline-offset-0 disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4",
            "data-[state=checked]:border-input data-[state=checked]:bg-background data-[state=checked]:text-foreground",
          )}
        >
          {option.label}
        </RadioGroupPrimitive.Item>
      ))}
    </RadioGroupPrimitive.Root>
  );
}
