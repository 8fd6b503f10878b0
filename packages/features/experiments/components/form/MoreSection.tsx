"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Section, Textarea } from "@calcom/ui";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import type { Status } from "../../types/settings";
import { joined } from "../shared/joined";
import { useFormat, useIsInBrowser } from "../shared/useFormat";
import { Fold } from "./Fold";
import type { FormValues } from "./form-values";
import { PersonPropertiesField } from "./PersonPropertiesField";
import { ScheduleFields } from "./ScheduleFields";
import { TokensInput } from "./TokensInput";
import { useLock } from "./useLock";

/** What happens by itself, and what helps others to find it. */
export function MoreSection({ status }: { status: Status }) {
  const { t } = useLocale();
  const { register, control, formState } = useFormContext<FormValues>();
  const lockOf = useLock(status);
  const lock = lockOf("schedule");
  const [tags, description] = useWatch<FormValues, ["tags", "description"]>({
    name: ["tags", "description"],
  });
  return (
    <Section id="form-more" title={t("form_more")}>
      <Fold
        title={t("experiment_schedule")}
        value={<ScheduleText />}
        names={["schedule.startAt", "schedule.stopAt", "schedule"]}
        isLocked={lock.disabled}
      >
        <p className="text-dense text-muted-foreground">
          {lock.reason ?? t("experiment_schedule_description")}
        </p>
        <ScheduleFields status={status} isLocked={lock.disabled} />
      </Fold>
      <Fold
        title={t("form_tags_and_description")}
        value={joined([...tags, description.trim()]) || t("form_none")}
        names={["tags", "description"]}
      >
        <Controller
          control={control}
          name="tags"
          render={({ field, fieldState }) => (
            <Field
              label={t("experiment_tags")}
              htmlFor="tags"
              hint={t("experiment_tags_hint")}
              error={fieldState.error?.message}
            >
              <TokensInput
                value={field.value}
                onChange={(next) => field.onChange([...new Set(next.map((tag) => tag.toLowerCase()))])}
                placeholder={t("experiment_tags_placeholder")}
              />
            </Field>
          )}
        />
        <Field label={t("description")} htmlFor="description" error={formState.errors.description?.message}>
          <Textarea
            {...register("description")}
            rows={2}
            placeholder={t("experiment_description_placeholder")}
          />
        </Field>
      </Fold>
      <PersonPropertiesField lock={lockOf("setPersonProperties")} />
    </Section>
  );
}

function ScheduleText() {
  const { t } = useLocale();
  const { moment } = useFormat();
  const isInBrowser = useIsInBrowser();
  const { startAt, stopAt } = useWatch<FormValues, "schedule">({ name: "schedule" });
  if (startAt === null && stopAt === null) return t("form_schedule_none");
  // In the server's HTML nobody knows the viewer's zone yet.
  if (!isInBrowser) return "…";
  const at = (label: string, value: string | null) =>
    value === null ? [] : [`${t(label)}: ${moment(new Date(value))}`];
  return joined([...at("experiment_schedule_start", startAt), ...at("experiment_schedule_stop", stopAt)]);
}
