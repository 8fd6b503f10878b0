"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button, ErrorState, Skeleton } from "@calcom/ui";
import { useState } from "react";
import type { HostId } from "../types/host-id";
import type { ExperimentRole } from "../types/roles";
import { AddPerson } from "./people/AddPerson";
import { RoleSelect } from "./people/RoleSelect";

export interface ExperimentMember {
  id: HostId;
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
                  className="w-auto gap-1.5"
                  aria-label={t("people_role_of", { name })}
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
