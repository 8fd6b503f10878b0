"use client";

import { MIN_PASSWORD_CHARS, type PasswordChangeInput, passwordChangeSchema } from "@calcom/features/auth";
import { useLocale } from "@calcom/lib/i18n";
import { Button, Field, Input, toast } from "@calcom/ui";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { changePassword } from "./actions";

export function PasswordForm({ email }: { email: string }) {
  const { t } = useLocale();
  const router = useRouter();
  const form = useForm<PasswordChangeInput>({
    resolver: zodResolver(passwordChangeSchema),
    defaultValues: { current: "", password: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    const result = await changePassword(values).catch(() => null);
    if (result === null) toast.error(t("connection_failed"));
    else if (result.ok) {
      toast.success(t("password_changed"));
      form.reset();
      router.refresh();
    } else if (result.field === "current" || result.field === "password") {
      form.setError(result.field, { message: result.message }, { shouldFocus: true });
    } else toast.error(result.message);
  });

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      {/* For password managers: they keep the new one under this name. */}
      <input type="email" value={email} readOnly hidden autoComplete="username" />
      <Field
        label={t("password_current")}
        htmlFor="current"
        error={errors.current?.message && t(errors.current.message)}
      >
        <Input {...form.register("current")} type="password" autoComplete="current-password" />
      </Field>
      <Field
        label={t("password_new")}
        htmlFor="password"
        hint={t("password_hint", { count: MIN_PASSWORD_CHARS })}
        error={errors.password?.message && t(errors.password.message)}
      >
        <Input {...form.register("password")} type="password" autoComplete="new-password" />
      </Field>
      <Button type="submit" className="w-fit" loading={isSubmitting}>
        {t("password_change")}
      </Button>
    </form>
  );
}
