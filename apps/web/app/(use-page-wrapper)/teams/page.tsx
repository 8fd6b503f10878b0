import { teams } from "@calcom/features/teams/server";
import { Badge, Button, EmptyState, PageHeader } from "@calcom/ui";
import type { Metadata } from "next";
import Link from "next/link";
import { dashboardPath } from "@/lib/home";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireUserPage } from "@/lib/require-user";
import { InvitationItem } from "@/modules/teams/InvitationItem";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("your_teams") };
}

export default async function TeamsPage() {
  const user = await requireUserPage("/teams");
  const [{ t }, { teams: joined, invitations }] = await Promise.all([
    getServerTranslation(),
    teams().listFor(user.id),
  ]);
  return (
    <div className="mx-auto flex max-w-form flex-col gap-6">
      <PageHeader
        title={t("your_teams")}
        actions={
          joined.length > 0 && (
            <Button asChild variant="outline">
              <Link href="/settings/billing/upgrade">{t("teams_start")}</Link>
            </Button>
          )
        }
      />
      {invitations.length > 0 && (
        <ul aria-label={t("teams_invitations")} className="divide-y rounded-lg border">
          {invitations.map((invitation) => (
            <InvitationItem key={invitation.teamId} invitation={invitation} />
          ))}
        </ul>
      )}
      {joined.length === 0 ? (
        <EmptyState
          title={t("no_teams_title")}
          description={t("teams_none_text")}
          action={
            <Button asChild>
              <Link href="/settings/billing/upgrade">{t("teams_start")}</Link>
            </Button>
          }
        />
      ) : (
        <ul className="divide-y rounded-lg border">
          {joined.map((team) => (
            <li key={team.id}>
              <Link
                href={dashboardPath(team)}
                className="flex items-center justify-between gap-4 px-4 py-3 transition-colors hover:bg-subtle"
              >
                <span className="min-w-0">
                  <span className="block truncate font-medium text-sm">{team.name}</span>
                  <span className="text-dense text-muted-foreground">
                    {[
                      team.organizationName,
                      t("member_count", { count: team.memberCount }),
                      t(`role_${team.role.toLowerCase()}`),
                    ]
                      .filter((fact) => fact !== null)
                      .join(" · ")}
                  </span>
                </span>
                <Badge variant="muted">{t(`teams_plan_${team.plan}`)}</Badge>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
