"use client";

import { cn, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";

/** One of a few, without a label that is seen. */
export function Choice({
  label,
  value,
  onChange,
  options,
  id,
  className,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: { value: string; label: string }[];
  /** That of its field by default. */
  id?: string;
  className?: string;
}) {
  return (
    <Select value={value} onValueChange={onChange}>
      <SelectTrigger
        {...(id !== undefined && { id })}
        aria-label={label}
        className={cn("w-full min-w-0", className)}
      >
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {options.map((option) => (
          <SelectItem key={option.value} value={option.value}>
            {option.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
