"use client";

import { type ResetRequestInput, resetRequestSchema } from "@calcom/features/auth";
import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button, Field, Input } from "@calcom/ui";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { BackToSignIn } from "./BackToSignIn";
import { requestReset } from "./password-actions";

export function ResetRequestForm() {
  const { t } = useLocale();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm<ResetRequestInput>({
    resolver: zodResolver(resetRequestSchema),
    defaultValues: { email: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    setSentTo(null);
    const result = await requestReset(values).catch(() => null);
    if (result?.ok) setSentTo(values.email);
    else if (result?.field === "email")
      form.setError("email", { message: result.message }, { shouldFocus: true });
    else form.setError("root", { message: result?.message ?? t("connection_failed") });
  });

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <div>
        <h1 className="font-semibold text-xl tracking-tight">{t("reset_title")}</h1>
        <p className="mt-0.5 text-muted-foreground">{t("reset_description")}</p>
      </div>
      <div role="status">
        {sentTo !== null && (
          <Alert tone="success" title={t("reset_sent_title")}>
            {t("reset_sent_description", { email: sentTo })}
          </Alert>
        )}
      </div>
      {errors.root && <Alert tone="destructive" title={errors.root.message} />}
      <Field label={t("email")} htmlFor="email" error={errors.email?.message && t(errors.email.message)}>
        <Input {...form.register("email")} type="email" autoComplete="username" autoFocus />
      </Field>
      <Button type="submit" loading={isSubmitting}>
        {t("reset_send")}
      </Button>
      <BackToSignIn label={t("back_to_sign_in")} />
    </form>
  );
}
