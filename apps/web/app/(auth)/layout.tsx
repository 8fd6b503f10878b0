import Link from "next/link";
import type { ReactNode } from "react";
import { getServerTranslation } from "@/lib/i18n-server";
import { LocalizedThemeToggle } from "@/modules/shell/LocalizedThemeToggle";
import { Logo } from "@/modules/shell/Logo";

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const { t } = await getServerTranslation();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-12 items-center justify-between px-4 sm:px-6">
        <Link href="/" aria-label={t("nav_home")} className="flex rounded-md">
          <Logo />
        </Link>
        <LocalizedThemeToggle />
      </header>
      <main className="mx-auto w-full max-w-[360px] px-4 pt-[10vh] pb-16">{children}</main>
    </div>
  );
}
