"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Checkbox } from "@calcom/ui";
import { Controller, useFormContext } from "react-hook-form";
import type { FormValues } from "../form-values";
import { PlansField } from "../PlansField";
import { AttributesField } from "./AttributesField";
import { TeamsField } from "./TeamsField";

/** Who may take part. */
export function TargetingFields({ disabled }: { disabled: boolean }) {
  const { t } = useLocale();
  const { control } = useFormContext<FormValues>();
  return (
    <>
      <PlansField disabled={disabled} />
      <TeamsField name="teamIds" disabled={disabled} />
      <TeamsField name="organizationIds" disabled={disabled} />
      <Controller
        control={control}
        name="targetingRules.excludeOrganizations"
        render={({ field }) => (
          <div className="flex items-start gap-2.5">
            <Checkbox
              id="excludeOrganizations"
              className="mt-0.5"
              checked={field.value}
              onCheckedChange={(checked) => field.onChange(checked === true)}
              disabled={disabled}
              aria-describedby="excludeOrganizations-hint"
            />
            <div>
              <label htmlFor="excludeOrganizations" className="font-medium text-sm">
                {t("experiment_exclude_organizations")}
              </label>
              <p id="excludeOrganizations-hint" className="text-dense text-muted-foreground">
                {t("experiment_exclude_organizations_hint")}
              </p>
            </div>
          </div>
        )}
      />
      <AttributesField disabled={disabled} />
    </>
  );
}
