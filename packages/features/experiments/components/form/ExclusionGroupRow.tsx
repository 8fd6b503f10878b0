"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Input } from "@calcom/ui";
import { XIcon } from "lucide-react";
import type { FormValues } from "./form-values";

type Group = FormValues["exclusionGroups"][number];

interface ExclusionGroupRowProps {
  group: Group;
  disabled: boolean;
  onChange: (change: Partial<Group>) => void;
  onRemove: () => void;
}

/** One group, its ranges, and a button that removes it. */
export function ExclusionGroupRow({ group, disabled, onChange, onRemove }: ExclusionGroupRowProps) {
  const { t } = useLocale();
  const { name, ranges } = group;
  const setBound = (index: number, bound: "from" | "to", value: string) =>
    onChange({
      ranges: ranges.map((range, place) => (place === index ? { ...range, [bound]: value } : range)),
    });
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <Input
        aria-label={t("experiment_exclusion_group_name")}
        placeholder="checkout"
        className="w-40 font-mono text-xs"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        disabled={disabled}
        value={name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      {ranges.map((range, index) => (
        <span
          key={`range-${String(index)}`}
          className="flex items-center gap-1 text-muted-foreground text-sm"
        >
          {(["from", "to"] as const).map((bound) => (
            <Input
              key={bound}
              aria-label={t(bound === "from" ? "experiment_exclusion_from" : "experiment_exclusion_to", {
                group: name,
              })}
              className="w-18 text-right tabular-nums"
              inputMode="decimal"
              autoComplete="off"
              disabled={disabled}
              value={range[bound]}
              onChange={(event) => setBound(index, bound, event.target.value)}
            />
          ))}
          %
        </span>
      ))}
      <Button
        type="button"
        variant="ghost"
        size="icon-sm"
        disabled={disabled}
        aria-label={t("experiment_exclusion_remove", { group: name })}
        onClick={onRemove}
      >
        <XIcon />
      </Button>
    </div>
  );
}
