import Link from "next/link";
import { localeOf } from "@/lib/i18n-server";
import type { LocaleCode } from "@/lib/locale";
import { LocaleChoice } from "../locale/LocaleChoice";

export function MarketingFooter({ locale }: { locale: LocaleCode }) {
  const { t } = localeOf(locale);
  return (
    <footer className="border-t">
      <div className="mx-auto flex w-full max-w-[1120px] flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-5 text-dense text-muted-foreground sm:px-6">
        <p>{t("marketing_footer")}</p>
        <div className="flex flex-wrap gap-x-10 gap-y-2">
          <LocaleChoice />
          <nav aria-label={t("marketing_footer_nav")} className="flex gap-5">
            <Link href="/pricing" className="hover:text-foreground">
              {t("marketing_nav_pricing")}
            </Link>
            <Link href="/privacy" className="hover:text-foreground">
              {t("marketing_footer_privacy")}
            </Link>
            <a href="/login" className="hover:text-foreground">
              {t("marketing_nav_sign_in")}
            </a>
          </nav>
        </div>
      </div>
    </footer>
  );
}
