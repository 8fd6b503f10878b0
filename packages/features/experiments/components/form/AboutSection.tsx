"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Field, Input, Section, Textarea } from "@calcom/ui";
import { useRef } from "react";
import { useFormContext } from "react-hook-form";
import type { FormValues } from "./form-values";
import { slugFromName } from "./slug-from-name";

export function AboutSection({ isNew, hasEnded }: { isNew: boolean; hasEnded: boolean }) {
  const { t } = useLocale();
  const { register, setValue, getValues, formState } = useFormContext<FormValues>();
  const { errors, isSubmitted } = formState;

  const suggested = useRef("");

  /** The slug follows the name until somebody types one; emptied, it follows again. */
  function suggestSlug(name: string) {
    const slug = getValues("slug");
    if (!isNew || (slug !== "" && slug !== suggested.current)) return;
    suggested.current = slugFromName(name);
    setValue("slug", suggested.current, { shouldDirty: true, shouldValidate: isSubmitted });
  }

  return (
    <Section id="form-change" title={t("form_change")}>
      <Field label={t("experiment_name")} htmlFor="name" error={errors.name?.message} required>
        <Input
          {...register("name", { onChange: (event) => suggestSlug(event.target.value) })}
          autoFocus={isNew}
          autoComplete="off"
          placeholder={t("experiment_name_placeholder")}
        />
      </Field>
      <Field
        label={t("experiment_slug")}
        htmlFor="slug"
        hint={isNew ? t("experiment_slug_hint") : t("experiment_slug_fixed")}
        error={errors.slug?.message}
        required={isNew}
      >
        <Input
          {...register("slug")}
          className="font-mono text-dense"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          readOnly={!isNew}
        />
      </Field>
      <Field
        label={t("experiment_hypothesis")}
        htmlFor="hypothesis"
        hint={t("experiment_hypothesis_hint")}
        error={errors.hypothesis?.message}
      >
        <Textarea {...register("hypothesis")} rows={3} placeholder={t("experiment_hypothesis_placeholder")} />
      </Field>
      {hasEnded && (
        <Field
          label={t("experiment_learning")}
          htmlFor="learning"
          hint={t("experiment_learning_hint")}
          error={errors.learning?.message}
        >
          <Textarea {...register("learning")} rows={3} />
        </Field>
      )}
    </Section>
  );
}
