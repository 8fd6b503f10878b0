"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Field, Input } from "@calcom/ui";
import { type FormEvent, useId, useState } from "react";
import type { ExperimentRole } from "../../types/roles";
import { RoleSelect } from "./RoleSelect";
import { roleSentenceKeys } from "./words";

interface AddPersonProps {
  /** Answers why it was not done, or null. */
  onSetRole: (email: string, role: ExperimentRole) => Promise<string | null>;
}

export function AddPerson({ onSetRole }: AddPersonProps) {
  const { t } = useLocale();
  const id = useId();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<ExperimentRole>("editor");
  const [error, setError] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setSaving(true);
    const refusal = await onSetRole(email.trim(), role);
    setSaving(false);
    setError(refusal);
    if (refusal === null) setEmail("");
    else document.getElementById(`${id}-email`)?.focus();
  }

  return (
    <form
      onSubmit={submit}
      noValidate
      className="grid items-start gap-x-2 gap-y-3 sm:grid-cols-[1fr_1fr_auto]"
    >
      <Field htmlFor={`${id}-email`} label={t("people_email")} error={error}>
        <Input
          id={`${id}-email`}
          type="email"
          autoComplete="off"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field htmlFor={`${id}-role`} label={t("people_role")} hint={t(roleSentenceKeys[role])}>
        <RoleSelect id={`${id}-role`} className="w-full" value={role} onChange={setRole} />
      </Field>
      <Button type="submit" loading={isSaving} className="sm:mt-6.5">
        {t("people_give_role")}
      </Button>
    </form>
  );
}
