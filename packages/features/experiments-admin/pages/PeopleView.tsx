"use client";

import {
  type ExperimentMember,
  ExperimentPeople,
} from "@calcom/features/experiments/components/ExperimentPeople";
import { useLocale } from "@calcom/lib/i18n";
import { toast, withUndo } from "@calcom/ui";
import { adminApi, useAdminUtils } from "../api/hooks";
import { commandRefusal } from "./api-refusal";

export function PeopleView() {
  const { t } = useLocale();
  const { client, cache } = useAdminUtils();
  const members = adminApi.members.useQuery();

  /** Why it was not done, or null. */
  async function setRole(email: string, role: ExperimentMember["role"] | null): Promise<string | null> {
    try {
      const now = await client.setRole.mutate({ email, role });
      cache.members.setData(undefined, now);
      return null;
    } catch (error) {
      return commandRefusal(error, t).message;
    }
  }

  async function restore(email: string, role: ExperimentMember["role"] | null): Promise<void> {
    const refusal = await setRole(email, role);
    if (refusal !== null) toast.error(refusal);
  }

  return (
    <ExperimentPeople
      state={
        members.data
          ? { status: "ready", members: members.data }
          : members.error
            ? {
                status: "error",
                message: commandRefusal(members.error, t).message,
                onRetry: () => void members.refetch(),
              }
            : { status: "loading" }
      }
      onSetRole={async (email, role) => {
        const before = roleOf(members.data, email);
        const refusal = await setRole(email, role);
        if (refusal === null && before !== role) {
          toast.success(t(role === null ? "people_role_taken" : "people_role_given", { email }), {
            // The latest alone: an older undo would undo something else by now.
            id: `role-${email}`,
            ...withUndo(t("undo"), () => void restore(email, before)),
          });
        }
        return refusal;
      }}
    />
  );
}

/** Compares addresses however they were typed. Otherwise an undo would remove a role that the person had before. */
function roleOf(members: ExperimentMember[] | undefined, email: string): ExperimentMember["role"] | null {
  const typed = email.trim().toLowerCase();
  return members?.find((member) => member.email.toLowerCase() === typed)?.role ?? null;
}
