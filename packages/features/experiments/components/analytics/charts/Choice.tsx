"use client";

import { SegmentedControl, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** One of several; nothing where there is no choice. Many, or long ones, hide in a list. */
export function Choice({ label, value, options, onChange }: ChoiceProps) {
  if (options.length < 2) return null;
  if (fitsSideBySide(options.map((option) => option.label.length)))
    return (
      <SegmentedControl
        aria-label={label}
        size="sm"
        value={value}
        onValueChange={onChange}
        options={options}
      />
    );
  return (
    <Select value={value} onValueChange={onChange}>
      <SelectTrigger size="sm" aria-label={label} className="w-auto max-w-full">
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

/** The parts of a segmented control are all as wide as each other. */
function fitsSideBySide(lengths: readonly number[]): boolean {
  const longest = Math.max(...lengths);
  return longest * lengths.length <= 36 && longest - Math.min(...lengths) <= 4;
}

/** What was chosen, or the first of what there is by now. */
export function chosenOf<Option extends { value: string }>(
  options: readonly Option[],
  chosen: string | null,
): Option | undefined {
  return options.find(({ value }) => value === chosen) ?? options[0];
}
