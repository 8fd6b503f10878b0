"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Field, Textarea } from "@calcom/ui";
import { Controller, useFormContext } from "react-hook-form";
import type { FormValues } from "../form-values";
import { asJson, asRules } from "./attribute-values";
import { useAttributes } from "./audience-port";
import { ConditionBuilder } from "./ConditionBuilder";

/** Rules on attributes: typed one by one, or as JSON where they say more than that. */
export function AttributesField({ disabled }: { disabled: boolean }) {
  const { t } = useLocale();
  const { control } = useFormContext<FormValues>();
  const known = useAttributes();
  return (
    <Controller
      control={control}
      name="targetingRules.userAttributes"
      render={({ field, fieldState }) => {
        const { value, onChange } = field;
        const switched = value.mode === "rules" ? asJson(value) : asRules(value);
        return (
          <Field
            label={t("experiment_attributes")}
            htmlFor="userAttributes"
            hint={t(
              value.mode === "rules" ? "experiment_attributes_hint" : "experiment_attributes_json_hint",
            )}
            error={fieldState.error?.message}
          >
            <div className="grid gap-2">
              {value.mode === "rules" ? (
                <ConditionBuilder
                  group={value.group}
                  onChange={(group) => onChange({ mode: "rules", group })}
                  known={known}
                  disabled={disabled}
                />
              ) : (
                <Textarea
                  id="userAttributes"
                  rows={6}
                  spellCheck={false}
                  className="font-mono text-xs"
                  disabled={disabled}
                  value={value.text}
                  onChange={(event) => onChange({ mode: "json", text: event.target.value })}
                />
              )}
              <Button
                type="button"
                variant="link"
                size="sm"
                className="w-fit px-0"
                disabled={disabled || switched === null}
                onClick={() => switched && onChange(switched)}
              >
                {t(value.mode === "rules" ? "condition_edit_as_json" : "condition_edit_as_rules")}
              </Button>
            </div>
          </Field>
        );
      }}
    />
  );
}
