import { localeOf } from "@/lib/i18n-server";
import type { LocaleCode } from "@/lib/locale";

const topics = ["event_types", "time_zones", "teams", "invitations", "organizations"] as const;

export function WhatItDoes({ locale }: { locale: LocaleCode }) {
  const { t } = localeOf(locale);
  return (
    <section
      aria-labelledby="what-it-does"
      className="grid gap-x-12 gap-y-6 border-t py-12 lg:grid-cols-[minmax(0,4fr)_minmax(0,8fr)] lg:py-16"
    >
      <h2 id="what-it-does" className="max-w-[20ch] text-balance font-semibold text-xl tracking-tight">
        {t("landing_what_title")}
      </h2>
      <dl className="divide-y border-y">
        {topics.map((topic) => (
          <div key={topic} className="grid gap-x-8 gap-y-1 py-4 sm:grid-cols-[168px_minmax(0,1fr)]">
            <dt className="font-medium text-sm">{t(`landing_what_${topic}`)}</dt>
            <dd className="max-w-[60ch] text-pretty text-muted-foreground text-sm">
              {t(`landing_what_${topic}_text`)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
