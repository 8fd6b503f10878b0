import type { AuthUser } from "@calcom/features/auth";
import { permissionsOf } from "@calcom/features/experiments/server";
import Link from "next/link";
import { dashboardPath } from "@/lib/home";
import { getServerTranslation } from "@/lib/i18n-server";
import { Palette } from "../palette/Palette";
import { HeaderNav } from "./HeaderNav";
import { LocalizedThemeToggle } from "./LocalizedThemeToggle";
import { Logo } from "./Logo";
import { readNavigation } from "./navigation";
import { UserMenu } from "./UserMenu";

export async function AppHeader({ user }: { user: AuthUser }) {
  const [{ t }, { teams, home, role }] = await Promise.all([getServerTranslation(), readNavigation(user)]);
  const [firstTeam] = teams;
  const isAdministrator = user.role === "ADMIN";
  const links = [
    ...(firstTeam ? [{ href: dashboardPath(firstTeam), section: "/teams", label: t("nav_dashboard") }] : []),
    { href: "/settings/billing", section: "/settings/billing", label: t("nav_billing") },
    { href: "/settings/profile", section: "/settings", label: t("nav_settings") },
  ];
  const destinations = [
    ...(firstTeam ? [{ keys: "g d", href: dashboardPath(firstTeam), label: t("nav_dashboard") }] : []),
    ...(role ? [{ keys: "g e", href: "/settings/admin/experiments", label: t("nav_experiments") }] : []),
    ...(isAdministrator ? [{ keys: "g f", href: "/settings/admin/flags", label: t("nav_flags") }] : []),
  ];
  return (
    <header className="border-b bg-background print:hidden">
      <div className="mx-auto flex h-12 w-full max-w-page items-center gap-6 px-4 sm:px-6">
        <Link href={home} aria-label={t("nav_home")} className="flex rounded-md pointer-coarse:py-3">
          <Logo />
        </Link>
        <HeaderNav links={links} label={t("nav_main")} />
        <div className="ms-auto flex items-center gap-1.5">
          {role !== null && (
            <Palette permissions={permissionsOf(role, isAdministrator)} isAdministrator={isAdministrator} />
          )}
          <LocalizedThemeToggle />
          <UserMenu
            user={{ name: user.name, email: user.email }}
            mayAdminister={role !== null}
            links={links}
            destinations={destinations}
            teams={teams.map((team) => ({ href: dashboardPath(team), label: team.name }))}
          />
        </div>
      </div>
    </header>
  );
}
