"use client";

import { MIN_PASSWORD_CHARS, newPasswordSchema, type WantedPassword } from "@calcom/features/auth";
import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button, Field, Input } from "@calcom/ui";
import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { BackToSignIn } from "./BackToSignIn";
import { resetPassword } from "./password-actions";

/** The token stands behind the `#` of the address, which browsers send to nobody. */
export function ResetForm() {
  const { t } = useLocale();
  const [isDone, setIsDone] = useState(false);
  const form = useForm<WantedPassword>({
    resolver: zodResolver(newPasswordSchema),
    defaultValues: { password: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async ({ password }) => {
    const token = window.location.hash.slice(1);
    const result = await resetPassword({ token, password }).catch(() => null);
    if (result?.ok) {
      // Used up: nobody needs to find it in the history. Without a state, as Next hears of it only so, and does not put
      // the old address back.
      window.history.replaceState(null, "", window.location.pathname);
      setIsDone(true);
    } else if (result?.field === "password") {
      form.setError("password", { message: result.message }, { shouldFocus: true });
    } else form.setError("root", { message: result?.message ?? t("connection_failed") });
  });

  if (isDone)
    return (
      <div className="grid gap-4" role="status">
        <h1 className="font-semibold text-xl tracking-tight">{t("reset_new_title")}</h1>
        <Alert tone="success" title={t("reset_done_title")}>
          {t("reset_done_description")}
        </Alert>
        <BackToSignIn label={t("sign_in")} />
      </div>
    );
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <h1 className="font-semibold text-xl tracking-tight">{t("reset_new_title")}</h1>
      {errors.root && (
        <Alert tone="destructive" title={errors.root.message}>
          <Link href="/reset-password" className="underline underline-offset-4">
            {t("reset_again")}
          </Link>
        </Alert>
      )}
      <Field
        label={t("password_new")}
        htmlFor="password"
        hint={t("password_hint", { count: MIN_PASSWORD_CHARS })}
        error={errors.password?.message && t(errors.password.message)}
      >
        <Input {...form.register("password")} type="password" autoComplete="new-password" autoFocus />
      </Field>
      <Button type="submit" loading={isSubmitting}>
        {t("password_change")}
      </Button>
    </form>
  );
}
