import { PageHeader, Section } from "@calcom/ui";
import type { Metadata } from "next";
import Link from "next/link";
import { getTeams } from "@/lib/home";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireUserPage } from "@/lib/require-user";
import { ProfileForm } from "@/modules/profile/ProfileForm";
import { TeamList } from "@/modules/profile/TeamList";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("nav_profile") };
}

export default async function ProfilePage() {
  const user = await requireUserPage("/settings/profile");
  const [{ t }, teams] = await Promise.all([getServerTranslation(), getTeams(user.id)]);
  return (
    <div className="grid max-w-form gap-8">
      <PageHeader title={t("nav_profile")} />
      <ProfileForm name={user.name} email={user.email} />
      <Section title={t("your_teams")} description={t("your_teams_description")}>
        <TeamList teams={teams} />
      </Section>
      <p className="text-dense text-muted-foreground">
        <Link href="/privacy" className="underline underline-offset-2 hover:text-foreground">
          {t("profile_privacy_link")}
        </Link>
      </p>
    </div>
  );
}
