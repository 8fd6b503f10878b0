import type { TeamRole, TeamSummary } from "@calcom/features/teams";
import { Badge, EmptyState } from "@calcom/ui";
import Link from "next/link";
import { dashboardPath } from "@/lib/home";
import { getServerTranslation } from "@/lib/i18n-server";

export async function TeamList({ teams }: { teams: TeamSummary[] }) {
  const { t } = await getServerTranslation();
  if (teams.length === 0) {
    return <EmptyState title={t("no_teams_title")} description={t("no_teams_description")} />;
  }
  return (
    <ul className="divide-y rounded-lg border">
      {teams.map((team) => (
        <li key={team.id} className="flex items-center justify-between gap-4 px-3 py-2.5">
          <div className="min-w-0">
            <Link href={dashboardPath(team)} className="wrap-anywhere font-medium hover:underline">
              {team.name}
            </Link>
            <p className="truncate text-dense text-muted-foreground">
              {team.organizationName ?? (team.isOrganization ? t("organization") : t("team"))}
              {" · "}
              {t("member_count", { count: team.memberCount })}
            </p>
          </div>
          <Badge variant="outline">{t(roleKeys[team.role])}</Badge>
        </li>
      ))}
    </ul>
  );
}

const roleKeys: Record<TeamRole, string> = {
  OWNER: "role_owner",
  ADMIN: "role_admin",
  MEMBER: "role_member",
};
