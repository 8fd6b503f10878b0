"use client";

import { MIN_PASSWORD_CHARS, type SignupInput, signupSchema } from "@calcom/features/auth";
import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button, Field, Input } from "@calcom/ui";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { loginPath } from "@/lib/own-path";
import { signUp } from "./actions";
import { OtherAuthPage } from "./OtherAuthPage";
import { signInWithPassword } from "./sign-in";

export function SignupForm({ callbackUrl }: { callbackUrl: string | null }) {
  const { t } = useLocale();
  const router = useRouter();
  const [isLeaving, setIsLeaving] = useState(false);
  const form = useForm<SignupInput>({
    resolver: zodResolver(signupSchema),
    defaultValues: { name: "", email: "", password: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    const result = await signUp(values).catch(() => null);
    if (result === null) {
      form.setError("root", { message: t("connection_failed") });
    } else if (!result.ok) {
      const field = fields.find((name) => name === result.field);
      form.setError(field ?? "root", { message: result.message }, { shouldFocus: true });
    } else {
      setIsLeaving(true);
      const outcome = await signInWithPassword(values.email, values.password);
      // The server sends whoever is signed in on from here, to pages under another root layout. The account is there
      // whatever became of signing in; the login page says more.
      if (outcome === "signed_in") window.location.reload();
      else router.push(callbackUrl === null ? "/login" : loginPath(callbackUrl));
    }
  });

  return (
    // By post: sent before the script is there, a password must not end up in an address.
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <div>
        <h1 className="font-semibold text-xl tracking-tight">{t("create_account")}</h1>
        <p className="mt-0.5 text-muted-foreground">{t("create_account_description")}</p>
      </div>
      {errors.root && <Alert tone="destructive" title={errors.root.message} />}
      <Field label={t("name")} htmlFor="name" error={errors.name?.message && t(errors.name.message)}>
        <Input {...form.register("name")} autoComplete="name" autoFocus />
      </Field>
      <Field label={t("email")} htmlFor="email" error={errors.email?.message && t(errors.email.message)}>
        <Input {...form.register("email")} type="email" autoComplete="username" />
      </Field>
      <Field
        label={t("password")}
        htmlFor="password"
        hint={t("password_hint", { count: MIN_PASSWORD_CHARS })}
        error={errors.password?.message && t(errors.password.message)}
      >
        <Input {...form.register("password")} type="password" autoComplete="new-password" />
      </Field>
      <Button type="submit" loading={isSubmitting || isLeaving}>
        {t("create_account")}
      </Button>
      <OtherAuthPage
        path="/login"
        callbackUrl={callbackUrl}
        question={t("have_an_account")}
        label={t("sign_in")}
      />
    </form>
  );
}

const fields = ["name", "email", "password"] as const;
