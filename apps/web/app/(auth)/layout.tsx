import Link from "next/link";
import type { ReactNode } from "react";
import { localeOf } from "@/lib/i18n";
import { getLocale } from "@/lib/i18n-server";
import { AppLocale } from "@/modules/locale/AppLocale";
import { LocalizedThemeToggle } from "@/modules/shell/LocalizedThemeToggle";
import { Logo } from "@/modules/shell/Logo";

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const { t } = localeOf(locale);
  return (
    <AppLocale locale={locale}>
      <div className="flex min-h-dvh flex-col">
        <header className="flex h-12 items-center justify-between px-4 sm:px-6">
          <Link href="/" prefetch={false} aria-label={t("nav_home")} className="flex rounded-md">
            <Logo />
          </Link>
          <LocalizedThemeToggle />
        </header>
        <main className="mx-auto w-full max-w-[360px] px-4 pt-[10vh] pb-16">{children}</main>
      </div>
    </AppLocale>
  );
}
