"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Input } from "@calcom/ui";
import { PlusIcon, XIcon } from "lucide-react";
import { Controller, useFormContext } from "react-hook-form";
import type { FormValues } from "./form-values";
import type { Lock } from "./useLock";

type Groups = FormValues["exclusionGroups"];

/** Experiments of one group whose ranges do not overlap share no subject. */
export function ExclusionGroupsField({ lock }: { lock: Lock }) {
  const { t } = useLocale();
  const { control } = useFormContext<FormValues>();
  return (
    <>
      <p className="text-dense text-muted-foreground">
        {lock.reason ?? t("experiment_exclusion_groups_description")}
      </p>
      <Controller
        control={control}
        name="exclusionGroups"
        render={({ field, fieldState }) => {
          const groups: Groups = field.value;
          const replace = (index: number, change: Partial<Groups[number]>) =>
            field.onChange(groups.map((group, place) => (place === index ? { ...group, ...change } : group)));
          return (
            <div className="grid gap-3">
              {groups.map((group, index) => (
                <GroupRow
                  // A group has no identity but its place while its name is typed.
                  key={`group-${String(index)}`}
                  group={group}
                  disabled={lock.disabled}
                  onChange={(change) => replace(index, change)}
                  onRemove={() => field.onChange(groups.filter((_, place) => place !== index))}
                />
              ))}
              <Button
                type="button"
                variant="outline"
                size="sm"
                className="w-fit"
                disabled={lock.disabled}
                onClick={() => field.onChange([...groups, { name: "", ranges: [{ from: "0", to: "50" }] }])}
              >
                <PlusIcon />
                {t("experiment_exclusion_groups_add")}
              </Button>
              {fieldState.error?.message !== undefined && (
                <p role="alert" className="text-dense text-destructive">
                  {fieldState.error.message}
                </p>
              )}
            </div>
          );
        }}
      />
    </>
  );
}

interface GroupRowProps {
  group: Groups[number];
  disabled: boolean;
  onChange: (change: Partial<Groups[number]>) => void;
  onRemove: () => void;
}

function GroupRow({ group, disabled, onChange, onRemove }: GroupRowProps) {
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
