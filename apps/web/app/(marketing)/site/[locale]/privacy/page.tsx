import { env } from "@calcom/lib/env";
import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { connection } from "next/server";
import { localeOf } from "@/lib/i18n-server";
import { ownCookies, readValue } from "@/lib/own-cookies";
import { ConsentButtons } from "@/modules/consent/ConsentButtons";
import { choiceOf, isAnsweredByBrowser, saysNoToAll } from "@/modules/consent/consent-choice";
import { type SiteParams, siteLocale } from "@/modules/marketing/site-params";

interface SitePageProps {
  params: Promise<SiteParams>;
}

export async function generateMetadata({ params }: SitePageProps): Promise<Metadata> {
  const { t } = localeOf(await siteLocale(params));
  return { title: t("privacy_title") };
}

export default async function PrivacyPage({ params }: SitePageProps) {
  await connection();
  const [locale, jar, sent] = await Promise.all([siteLocale(params), cookies(), headers()]);
  const { t } = localeOf(locale);
  const { CONSENT_MODE, POSTHOG_KEY } = env();
  const isRequired = CONSENT_MODE === "required";
  const cookie = readValue(jar, ownCookies.consent);
  // Both answers stay open to them: what was kept before goes when they decline themselves.
  const choice = isAnsweredByBrowser(cookie, sent) ? null : choiceOf(cookie, sent);
  const facts = [
    "session",
    "visitor",
    ...(POSTHOG_KEY === undefined ? [] : ["posthog"]),
    "theme",
    "language",
    ...(isRequired ? ["consent"] : []),
  ];
  return (
    <div className="max-w-[68ch] py-10 lg:py-16">
      <h1 className="font-semibold text-3xl tracking-[-0.02em]">{t("privacy_title")}</h1>
      <p className="mt-2 text-pretty text-base text-muted-foreground">{t("privacy_lede")}</p>
      <dl className="mt-8 divide-y border-y">
        {facts.map((fact) => (
          <div key={fact} className="py-4">
            <dt className="font-medium text-sm">{t(`privacy_${fact}`)}</dt>
            <dd className="mt-1 text-pretty text-muted-foreground text-sm">{t(`privacy_${fact}_text`)}</dd>
          </div>
        ))}
      </dl>
      {isRequired && (
        <section aria-labelledby="privacy-choice" className="mt-8 grid gap-3">
          <h2 id="privacy-choice" className="font-semibold text-base">
            {t("privacy_choice")}
          </h2>
          <p aria-live="polite" className="text-pretty text-muted-foreground text-sm">
            {t(`privacy_choice_${choice ?? (saysNoToAll(sent) ? "browser" : "none")}`)}
          </p>
          <ConsentButtons current={choice} />
        </section>
      )}
    </div>
  );
}
