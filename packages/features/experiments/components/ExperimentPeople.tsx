"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Alert,
  Button,
  ErrorState,
  Field,
  Input,
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
  Skeleton,
} from "@calcom/ui";
import { type FormEvent, useId, useState } from "react";
import { EXPERIMENT_ROLES, type ExperimentRole } from "../admin/permissions";

export interface ExperimentMember {
  id: number;
  name: string;
  email: string;
  role: ExperimentRole;
  isSystemAdmin: boolean;
}

export interface ExperimentPeopleProps {
  state:
    | { status: "loading" }
    | { status: "error"; message: string; onRetry: () => void }
    | { status: "ready"; members: ExperimentMember[] };
  /** Null takes the role away. Answers why it was not done, or null. */
  onSetRole: (email: string, role: ExperimentRole | null) => Promise<string | null>;
}

/** Who may do what with experiments. */
export function ExperimentPeople({ state, onSetRole }: ExperimentPeopleProps) {
  const { t } = useLocale();
  const [refusal, setRefusal] = useState<string | null>(null);
  if (state.status === "loading") return <Skeleton className="h-40 w-full max-w-2xl" />;
  if (state.status === "error")
    return (
      <ErrorState
        title={t("people_could_not_be_loaded")}
        description={state.message}
        onRetry={state.onRetry}
        retryLabel={t("try_again")}
      />
    );
  return (
    <div className="grid max-w-2xl gap-6">
      <AddPerson onSetRole={onSetRole} />
      {refusal !== null && <Alert tone="destructive" title={refusal} />}
      <ul className="border-t">
        {state.members.map(({ id, name, email, role, isSystemAdmin }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b py-2.5 text-dense">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{name}</p>
              <p className="truncate text-muted-foreground text-xs">{email}</p>
            </div>
            {isSystemAdmin ? (
              <p className="text-muted-foreground">{t("people_system_admin")}</p>
            ) : (
              <>
                <RoleSelect
                  value={role}
                  label={t("people_role_of", { name })}
                  onChange={async (next) => setRefusal(await onSetRole(email, next))}
                />
                <Button
                  variant="ghost"
                  size="sm"
                  aria-label={t("people_remove_person", { name })}
                  onClick={async () => setRefusal(await onSetRole(email, null))}
                >
                  {t("people_remove")}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function AddPerson({ onSetRole }: Pick<ExperimentPeopleProps, "onSetRole">) {
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
  }

  return (
    <form onSubmit={submit} noValidate className="grid items-start gap-2 sm:grid-cols-[1fr_auto_auto]">
      <Field htmlFor={`${id}-email`} label={t("people_email")} error={error} hint={t(roleSentenceKeys[role])}>
        <Input
          id={`${id}-email`}
          type="email"
          autoComplete="off"
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <div className="sm:pt-6.5">
        <RoleSelect value={role} label={t("people_role")} onChange={setRole} />
      </div>
      <Button type="submit" loading={isSaving} disabled={email.trim() === ""} className="sm:mt-6.5">
        {t("people_give_role")}
      </Button>
    </form>
  );
}

function RoleSelect({
  value,
  label,
  onChange,
}: {
  value: ExperimentRole;
  label: string;
  onChange: (role: ExperimentRole) => void;
}) {
  const { t } = useLocale();
  return (
    <Select
      value={value}
      onValueChange={(chosen) => {
        const role = EXPERIMENT_ROLES.find((known) => known === chosen);
        if (role) onChange(role);
      }}
    >
      <SelectTrigger className="w-auto gap-1.5" aria-label={label}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {EXPERIMENT_ROLES.map((role) => (
          <SelectItem key={role} value={role}>
            {t(roleKeys[role])}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}

const roleKeys: Record<ExperimentRole, string> = {
  viewer: "people_viewer",
  editor: "people_editor",
  admin: "people_admin",
};

const roleSentenceKeys: Record<ExperimentRole, string> = {
  viewer: "people_viewer_sentence",
  editor: "people_editor_sentence",
  admin: "people_admin_sentence",
};
