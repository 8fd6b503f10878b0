import { localeOf } from "@/lib/i18n-server";
import type { LocaleCode } from "@/lib/locale";
import { GetStarted } from "./GetStarted";

export function ClosingCall({ locale }: { locale: LocaleCode }) {
  const { t } = localeOf(locale);
  return (
    <section className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4 border-t py-10">
      <p className="max-w-[52ch] text-pretty text-base">{t("landing_closing")}</p>
      <GetStarted />
    </section>
  );
}
