import { Button } from "@calcom/ui";
import Link from "next/link";
import { localeOf } from "@/lib/i18n-server";
import type { LocaleCode } from "@/lib/locale";
import { LocalizedThemeToggle } from "../shell/LocalizedThemeToggle";
import { Logo } from "../shell/Logo";

export function MarketingHeader({ locale }: { locale: LocaleCode }) {
  const { t } = localeOf(locale);
  return (
    <header className="border-b">
      <div className="mx-auto flex h-14 w-full max-w-[1120px] items-center gap-6 px-4 sm:px-6">
        {/* The proxy answers each prefetch of the static page by another path, and the router would ask for ever. */}
        <Link href="/" prefetch={false} aria-label={t("nav_home")} className="flex rounded-md">
          <Logo />
        </Link>
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
          <Button asChild variant="outline">
            {/* Under another root layout, which is loaded whole: a Link would ask in vain first. */}
            <a href="/login">{t("marketing_nav_sign_in")}</a>
          </Button>
        </div>
      </div>
    </header>
  );
}
