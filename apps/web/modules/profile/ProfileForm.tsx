"use client";

import { type ProfileInput, profileSchema } from "@calcom/features/auth";
import { useLocale } from "@calcom/lib/i18n";
import { Button, Field, Input, toast } from "@calcom/ui";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { updateProfile } from "./actions";

export function ProfileForm({ name, email }: { name: string; email: string }) {
  const { t } = useLocale();
  const router = useRouter();
  const form = useForm<ProfileInput>({
    resolver: zodResolver(profileSchema),
    defaultValues: { name },
    values: { name },
  });
  const { errors, isSubmitting, isDirty } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    const result = await updateProfile(values).catch(() => null);
    if (result === null) toast.error(t("connection_failed"));
    else if (result.ok) {
      toast.success(t("profile_saved"));
      router.refresh();
    } else if (result.field === "name") {
      form.setError("name", { message: result.message }, { shouldFocus: true });
    } else toast.error(result.message);
  });

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <Field label={t("name")} htmlFor="name" error={errors.name?.message && t(errors.name.message)}>
        <Input {...form.register("name")} autoComplete="name" />
      </Field>
      <Field label={t("email")} htmlFor="email" hint={t("email_is_fixed")}>
        <Input value={email} readOnly />
      </Field>
      <Button type="submit" className="w-fit" disabled={!isDirty} loading={isSubmitting}>
        {t("save_changes")}
      </Button>
    </form>
  );
}
