"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, PercentInput, Section } from "@calcom/ui";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { assignmentTypeSchema, type Status, unitSchema } from "../../types/settings";
import { audience } from "../shared/audience";
import { joined } from "../shared/joined";
import { useFormat } from "../shared/useFormat";
import { assignmentSentenceKeys, assignmentTypeKeys, unitKeys, unitSentenceKeys } from "../shared/words";
import { audienceOf } from "./describe-setting";
import { ExclusionGroupsField } from "./ExclusionGroupsField";
import { Fold } from "./Fold";
import type { FormValues } from "./form-values";
import { RadioChoices } from "./RadioChoices";
import { toNumber } from "./shares";
import { TargetingFields } from "./targeting/TargetingFields";
import { TrySomebody } from "./targeting/TrySomebody";
import { useAudienceWords } from "./targeting/useAudienceWords";
import { useLock } from "./useLock";

interface AudienceSectionProps {
  status: Status;
  /** Of the experiment that is edited; undefined for a new one. */
  slug: string | undefined;
}

/** Who is assigned, how, and who may be. */
export function AudienceSection({ status, slug }: AudienceSectionProps) {
  const { t } = useLocale();
  const { control, register, formState } = useFormContext<FormValues>();
  const lockOf = useLock(status);
  const { errors } = formState;
  const rules = lockOf("targetingRules");
  const values = useWatch<FormValues>() as FormValues;
  const { teamIds, organizationIds } = values.targetingRules;
  const words = useAudienceWords([...teamIds, ...organizationIds]);
  const { percentage } = useFormat();
  const traffic = toNumber(values.trafficPercentage);
  return (
    <Section id="form-whom" title={t("form_whom")}>
      <Field
        label={t("experiment_unit")}
        htmlFor="unit"
        hint={lockOf("unit").reason}
        error={errors.unit?.message}
      >
        <Controller
          control={control}
          name="unit"
          render={({ field }) => (
            <RadioChoices
              value={field.value}
              onChange={field.onChange}
              disabled={lockOf("unit").disabled}
              options={unitSchema.options.map((unit) => ({
                value: unit,
                label: t(unitKeys[unit]),
                description: t(unitSentenceKeys[unit]),
              }))}
            />
          )}
        />
      </Field>
      <Fold
        title={t("experiment_targeting")}
        value={audience(audienceOf(values), words)}
        names={["targetingRules"]}
        isLocked={rules.disabled}
      >
        <p className="text-dense text-muted-foreground">
          {rules.reason ?? t("experiment_targeting_description")}
        </p>
        <TargetingFields disabled={rules.disabled} />
        <TrySomebody slug={slug} />
      </Fold>
      <Fold
        title={t("form_traffic_and_assignment")}
        value={joined([
          t("form_traffic", {
            share: Number.isNaN(traffic) ? values.trafficPercentage : percentage(traffic),
          }),
          t(assignmentTypeKeys[values.assignmentType]),
        ])}
        names={["trafficPercentage", "assignmentType"]}
      >
        <Field
          label={t("experiment_assignment_type")}
          htmlFor="assignmentType"
          hint={lockOf("assignmentType").reason}
          error={errors.assignmentType?.message}
        >
          <Controller
            control={control}
            name="assignmentType"
            render={({ field }) => (
              <RadioChoices
                value={field.value}
                onChange={field.onChange}
                disabled={lockOf("assignmentType").disabled}
                options={assignmentTypeSchema.options.map((type) => ({
                  value: type,
                  label: t(assignmentTypeKeys[type]),
                  description: t(assignmentSentenceKeys[type]),
                }))}
              />
            )}
          />
        </Field>
        <Field
          label={t("experiment_traffic")}
          htmlFor="trafficPercentage"
          hint={lockOf("trafficPercentage").reason ?? t("experiment_traffic_hint")}
          error={errors.trafficPercentage?.message}
        >
          <PercentInput {...register("trafficPercentage")} disabled={lockOf("trafficPercentage").disabled} />
        </Field>
      </Fold>
      <Fold
        title={t("experiment_exclusion_groups")}
        value={values.exclusionGroups.map(({ name }) => name).join(", ") || t("form_none")}
        names={["exclusionGroups"]}
        isLocked={lockOf("exclusionGroups").disabled}
      >
        <ExclusionGroupsField lock={lockOf("exclusionGroups")} />
      </Fold>
    </Section>
  );
}
