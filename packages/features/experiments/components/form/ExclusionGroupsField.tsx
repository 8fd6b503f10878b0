"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { PlusIcon } from "lucide-react";
import { Controller, useFormContext } from "react-hook-form";
import { ExclusionGroupRow } from "./ExclusionGroupRow";
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
                <ExclusionGroupRow
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
