import { teams } from "@calcom/features/teams/server";
import { TeamProvider } from "@calcom/lib/hooks/useTeam";
import { Badge, PageHeader } from "@calcom/ui";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { dashboardPath } from "@/lib/home";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireUserPage } from "@/lib/require-user";
import { readSlug } from "@/lib/slug-param";
import { ExperimentProvider } from "@/modules/experiments/ExperimentProvider";
import { DashboardProvider } from "@/modules/teams/dashboard-context";
import { TeamDashboard } from "@/modules/teams/TeamDashboard";

interface TeamPageProps {
  params: Promise<{ slug: string }>;
}

/** For accepted members alone: to everybody else the team does not exist. */
const getDashboard = cache(async (slug: string) => {
  const user = await requireUserPage(dashboardPath({ slug }));
  return (await teams().dashboard(user.id, slug)) ?? notFound();
});

export async function generateMetadata({ params }: TeamPageProps): Promise<Metadata> {
  const slug = await readSlug(params);
  const { team } = await getDashboard(slug);
  return { title: team.name };
}

export default async function TeamPage({ params }: TeamPageProps) {
  const slug = await readSlug(params);
  const [{ t }, data] = await Promise.all([getServerTranslation(), getDashboard(slug)]);
  const { team, upcomingCount, members } = data;
  const joined = members.filter(({ accepted }) => accepted).length;
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={
          <span className="inline-flex flex-wrap items-center gap-2">
            {team.name}
            <Badge variant="muted" className="tracking-normal">
              {t(`teams_plan_${team.plan}`)}
            </Badge>
          </span>
        }
        description={`${t("member_count", { count: joined })} · ${t("teams_upcoming_count", { count: upcomingCount })}`}
      />
      <ExperimentProvider slugs={["dashboard-layout-v2"]} team={team.id}>
        <TeamProvider team={{ id: team.id, slug: team.slug, name: team.name }}>
          <DashboardProvider data={data}>
            <TeamDashboard />
          </DashboardProvider>
        </TeamProvider>
      </ExperimentProvider>
    </div>
  );
}
