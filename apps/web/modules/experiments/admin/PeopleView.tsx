"use client";

import { ExperimentPeople } from "@calcom/features/experiments/components/ExperimentPeople";
import { useLocale } from "@calcom/lib/i18n";
import { trpc } from "@calcom/trpc/react";
import { toast } from "@calcom/ui";
import { commandRefusal } from "./api-refusal";

export function PeopleView() {
  const { t } = useLocale();
  const { client, viewer } = trpc.useUtils();
  const members = trpc.viewer.admin.experiments.members.useQuery();
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
        try {
          const now = await client.viewer.admin.experiments.setRole.mutate({ email, role });
          viewer.admin.experiments.members.setData(undefined, now);
          toast.success(t(role === null ? "people_role_taken" : "people_role_given", { email }));
          return null;
        } catch (error) {
          return commandRefusal(error, t).message;
        }
      }}
    />
  );
}
