import Link from "next/link";
import { localeOf } from "@/lib/i18n-server";
import type { LocaleCode } from "@/lib/locale";
import { HomeLink } from "../shell/HomeLink";
import { LocalizedThemeToggle } from "../shell/LocalizedThemeToggle";
import { SignInButton } from "../shell/SignInButton";

export function MarketingHeader({ locale }: { locale: LocaleCode }) {
  const { t } = localeOf(locale);
  return (
    <header className="border-b">
      <div className="mx-auto flex h-14 w-full max-w-[1120px] items-center gap-6 px-4 sm:px-6">
        <HomeLink label={t("nav_home")} />
        <nav aria-label={t("nav_main")}>
          <Link
            href="/pricing"
            className="rounded-md font-medium text-muted-foreground transition-colors hover:text-foreground"
          >
            {t("marketing_nav_pricing")}
          </Link>
        </nav>
        <div className="ml-auto flex items-center gap-1.5">
          <LocalizedThemeToggle />
          <SignInButton label={t("marketing_nav_sign_in")} />
        </div>
      </div>
    </header>
  );
}
