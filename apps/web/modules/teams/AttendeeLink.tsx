"use client";

import { useExperiment } from "@calcom/features/experiments/hooks";
import { useTeam } from "@calcom/lib/hooks/useTeam";
import { useLocale } from "@calcom/lib/i18n";

/** Writes to the attendee, and counts for the layout in which this was found. */
export function AttendeeLink({ name, email }: { name: string; email: string }) {
  const { t } = useLocale();
  const team = useTeam();
  const { trackConversion } = useExperiment("dashboard-layout-v2", { teamId: team.id });
  return (
    <a
      href={`mailto:${email}`}
      title={t("teams_write_to", { email })}
      onClick={() => trackConversion("attendee_contacted")}
      className="block truncate text-muted-foreground underline-offset-4 hover:text-foreground hover:underline"
    >
      {name}
    </a>
  );
}
