"use client";

import { useLocale } from "@calcom/lib/i18n";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { ConsentButtons } from "./ConsentButtons";
import { hasChosen, isKnownNotNeeded, rememberNotNeeded, saysNoToAll } from "./consent-state";
import { fetchReader } from "./fetch-reader";

/**
 * Asks for consent if the installation requires it and neither the visitor nor their browser has answered yet. Only the
 * browser draws it, after the page works: static pages do not know whether to ask. It takes its own room at the end of the page and traps nothing.
 */
export function ConsentBar() {
  const { t } = useLocale();
  const [isAsking, setIsAsking] = useState(false);
  // Nothing is drawn from it on the server, where a rewritten page has another path.
  const isOnPrivacyPage = usePathname() === "/privacy";

  useEffect(() => {
    if (hasChosen() || saysNoToAll() || isKnownNotNeeded()) return;
    let isGone = false;
    void fetchReader().then((reader) => {
      if (isGone || reader === null) return;
      if (!reader.isConsentRequired) rememberNotNeeded();
      else setIsAsking(reader.choice === null);
    });
    return () => {
      isGone = true;
    };
  }, []);

  // That page asks by itself, and what it was told holds everywhere.
  if (!isAsking || isOnPrivacyPage || hasChosen()) return null;
  return (
    <section
      aria-labelledby="consent-title"
      data-sticky-bottom
      className="sticky bottom-0 z-40 border-t bg-background py-3 print:hidden"
    >
      <div className="mx-auto flex w-full max-w-[1120px] flex-col gap-3 px-4 sm:flex-row sm:items-center sm:justify-between sm:gap-8 sm:px-6">
        <div className="max-w-[76ch] text-dense">
          <h2 id="consent-title" className="font-medium">
            {t("consent_title")}
          </h2>
          <p className="mt-0.5 text-pretty text-muted-foreground">
            {t("consent_text")}{" "}
            <Link
              href="/privacy"
              className="whitespace-nowrap underline underline-offset-2 hover:text-foreground"
            >
              {t("consent_details")}
            </Link>
          </p>
        </div>
        <ConsentButtons onDone={() => setIsAsking(false)} />
      </div>
    </section>
  );
}
