import { sessions } from "@calcom/features/auth/server";
import { PageHeader, Section } from "@calcom/ui";
import type { Metadata } from "next";
import { getServerTranslation } from "@/lib/i18n-server";
import { requireUserPage } from "@/lib/require-user";
import { PasswordForm } from "@/modules/security/PasswordForm";
import { SignOutEverywhere } from "@/modules/security/SignOutEverywhere";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getServerTranslation();
  return { title: t("nav_security") };
}

export default async function SecurityPage() {
  const user = await requireUserPage("/settings/security");
  const [{ t }, count] = await Promise.all([getServerTranslation(), sessions().countOpen(user.id)]);
  return (
    <div className="grid max-w-form gap-8">
      <PageHeader title={t("nav_security")} />
      <Section title={t("password")} description={t("password_change_description")}>
        <PasswordForm email={user.email} />
      </Section>
      <Section title={t("sessions_title")} description={t("sessions_description", { count })}>
        <SignOutEverywhere />
      </Section>
    </div>
  );
}
