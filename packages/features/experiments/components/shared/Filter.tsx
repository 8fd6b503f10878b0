"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";

const ALL = "all";

interface FilterProps<Value extends string> {
  label: string;
  /** Null for all of them. */
  value: Value | null;
  options: { value: Value; label: string }[];
  onChange: (value: Value | null) => void;
  className?: string;
}

/** Narrows a list to one value, or shows all of it. */
export function Filter<Value extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: FilterProps<Value>) {
  const { t } = useLocale();
  return (
    <Select
      value={value ?? ALL}
      onValueChange={(chosen) => onChange(options.find((option) => option.value === chosen)?.value ?? null)}
    >
      <SelectTrigger className={cn("w-auto gap-1.5", className)} aria-label={label}>
        <span className="flex gap-1.5">
          <span className="text-muted-foreground">{label}</span>
          <SelectValue />
        </span>
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={ALL}>{t("all")}</SelectItem>
        {options.map((option) => (
          <SelectItem key={option.value} value={option.value}>
            {option.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
