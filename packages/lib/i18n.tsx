"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Translate } from "./translate";

export type { Translate };

export interface Locale {
  t: Translate;
  /** The language that numbers and dates are to be written in. */
  locale: string;
}

// Outside of a provider, as in the test of one component, a key shows as itself.
const LocaleContext = createContext<Locale>({ t: (key) => key, locale: "en" });

/** Carries one language to `useLocale` below it. The app chooses the language and the library that reads the texts. */
export function LocaleProvider({ t, locale, children }: Locale & { children: ReactNode }) {
  const value = useMemo(() => ({ t, locale }), [t, locale]);
  return <LocaleContext.Provider value={value}>{children}</LocaleContext.Provider>;
}

/** The texts of `common.json`. */
export function useLocale(): Locale {
  return useContext(LocaleContext);
}
