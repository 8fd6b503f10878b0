"use client";

import type { Invitation } from "@calcom/features/teams";
import { useLocale } from "@calcom/lib/i18n";
import { Button, toast } from "@calcom/ui";
import { useTransition } from "react";
import { acceptInvitation } from "./accept-invitation";

export function InvitationItem({
  invitation: { teamId, teamName, organizationName },
}: {
  invitation: Invitation;
}) {
  const { t } = useLocale();
  const [isPending, startTransition] = useTransition();

  const accept = () =>
    startTransition(async () => {
      const problem = await acceptInvitation(teamId);
      if (problem === null) toast.success(t("teams_joined", { team: teamName }));
      else toast.error(problem);
    });

  return (
    <li className="flex items-center justify-between gap-4 px-4 py-3">
      <span className="min-w-0">
        <span className="block truncate font-medium text-sm">
          {t("teams_invited_to", { team: teamName })}
        </span>
        {organizationName !== null && (
          <span className="text-dense text-muted-foreground">{organizationName}</span>
        )}
      </span>
      <Button size="sm" loading={isPending} onClick={accept}>
        {t("teams_accept")}
      </Button>
    </li>
  );
}
