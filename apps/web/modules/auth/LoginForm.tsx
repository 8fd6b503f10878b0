"use client";

import { type LoginInput, loginSchema } from "@calcom/features/auth";
import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button, Field, Input } from "@calcom/ui";
import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { OtherAuthPage } from "./OtherAuthPage";
import { type SignInOutcome, signInWithPassword } from "./sign-in";

export interface LoginFormProps {
  callbackUrl: string | null;
  /** Whether next-auth has sent the browser here after a failure of its own. */
  hasFailed: boolean;
}

export function LoginForm({ callbackUrl, hasFailed }: LoginFormProps) {
  const { t } = useLocale();
  const [outcome, setOutcome] = useState<SignInOutcome | null>(hasFailed ? "unavailable" : null);
  const form = useForm<LoginInput>({
    resolver: zodResolver(loginSchema),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const isLeaving = outcome === "signed_in";

  const submit = form.handleSubmit(async ({ email, password }) => {
    const result = await signInWithPassword(email, password);
    setOutcome(result);
    // The server sends whoever is signed in on from here, to pages under another root layout.
    if (result === "signed_in") window.location.reload();
    else form.setFocus("password", { shouldSelect: true });
  });

  return (
    // By post: sent before the script is there, a password must not end up in an address.
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <h1 className="font-semibold text-xl tracking-tight">{t("sign_in")}</h1>
      {outcome !== null && !isLeaving && <Alert tone="destructive" title={t(messageOf[outcome])} />}
      <Field label={t("email")} htmlFor="email" error={errors.email?.message && t(errors.email.message)}>
        <Input {...form.register("email")} type="email" autoComplete="username" autoFocus />
      </Field>
      <Field
        label={t("password")}
        htmlFor="password"
        error={errors.password?.message && t(errors.password.message)}
      >
        <Input {...form.register("password")} type="password" autoComplete="current-password" />
      </Field>
      <Button type="submit" loading={isSubmitting || isLeaving}>
        {t("sign_in")}
      </Button>
      <p className="text-dense">
        <Link href="/reset-password" className="text-primary underline underline-offset-4">
          {t("reset_question")}
        </Link>
      </p>
      <OtherAuthPage
        path="/signup"
        callbackUrl={callbackUrl}
        question={t("no_account_yet")}
        label={t("create_account")}
      />
    </form>
  );
}

const messageOf: Record<Exclude<SignInOutcome, "signed_in">, string> = {
  wrong: "sign_in_wrong",
  too_many_attempts: "sign_in_too_many_attempts",
  too_busy: "sign_in_too_busy",
  unavailable: "sign_in_unavailable",
};
