"use client";

import { RadioGroup, RadioGroupItem } from "@calcom/ui";
import { useId } from "react";

interface RadioChoicesProps<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  options: { value: Value; label: string; description: string }[];
  disabled?: boolean;
}

/** A choice that explains itself: each option with its sentence. Inside a `Field`. */
export function RadioChoices<Value extends string>({
  value,
  onChange,
  options,
  disabled,
}: RadioChoicesProps<Value>) {
  const id = useId();
  return (
    <RadioGroup
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <div key={option.value} className="flex gap-2.5">
          <RadioGroupItem
            id={`${id}-${option.value}`}
            value={option.value}
            aria-describedby={`${id}-${option.value}-text`}
            className="mt-0.5"
          />
          <div className="min-w-0">
            <label htmlFor={`${id}-${option.value}`} className="font-medium text-sm">
              {option.label}
            </label>
            <p id={`${id}-${option.value}-text`} className="text-dense text-muted-foreground">
              {option.description}
            </p>
          </div>
        </div>
      ))}
    </RadioGroup>
  );
}
