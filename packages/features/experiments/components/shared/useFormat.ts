"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useMemo, useSyncExternalStore } from "react";
import { createFormat, type Format } from "./format";

export type { Format } from "./format";

export function useFormat(): Format {
  const { locale } = useLocale();
  const isInBrowser = useIsInBrowser();
  return useMemo(
    () => createFormat(locale, isInBrowser ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC"),
    [locale, isInBrowser],
  );
}

/** False in the server's HTML and while hydrating, so that both say the same; true from then on. */
export function useIsInBrowser(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
