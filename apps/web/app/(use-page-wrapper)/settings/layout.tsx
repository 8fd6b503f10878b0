import type { ReactNode } from "react";
import { getServerTranslation } from "@/lib/i18n-server";
import { getExperimentRole } from "@/lib/require-experiments";
import { getCurrentUser } from "@/lib/session";
import { SettingsNav } from "@/modules/shell/SettingsNav";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const [{ t }, user] = await Promise.all([getServerTranslation(), getCurrentUser()]);
  // The page below sends whoever is not signed in to the login.
  if (user === null) return children;
  const isAdmin = user.role === "ADMIN";
  const groups = [
    {
      title: t("settings_personal"),
      links: [
        { href: "/settings/profile", label: t("nav_profile") },
        { href: "/settings/security", label: t("nav_security") },
        { href: "/settings/billing", label: t("nav_billing") },
      ],
    },
    {
      title: t("nav_administration"),
      links: [
        { href: "/settings/admin/experiments", label: t("nav_experiments") },
        ...(isAdmin ? [{ href: "/settings/admin/flags", label: t("nav_flags") }] : []),
      ],
    },
  ];
  return (
    <div className="grid gap-4 md:grid-cols-[160px_minmax(0,1fr)] md:gap-6 lg:gap-10 print:block">
      <SettingsNav groups={(await getExperimentRole(user.id)) === null ? groups.slice(0, 1) : groups} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
