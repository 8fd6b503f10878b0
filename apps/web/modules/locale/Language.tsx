"use client";

import { type Locale, LocaleProvider } from "@calcom/lib/i18n";
import dynamic from "next/dynamic";
import { type ComponentType, type ReactNode, use } from "react";
import type { LocaleCode } from "@/lib/locale";

interface LanguageFile {
  /** Draws nothing, and loads the file. The first HTML asks for it already, so that nothing waits for a second journey. */
  Load: ComponentType;
  language: Promise<Locale>;
}

// Each of them is a file of its own to the browser, which is sent the one that the page is in.
const files: Record<LocaleCode, LanguageFile> = {
  en: languageFile((arrived) => dynamic(() => import("@/lib/languages/english").then(arrived))),
  de: languageFile((arrived) => dynamic(() => import("@/lib/languages/german").then(arrived))),
};

/** Carries a language to everything below, which stays what it is when another one is chosen: forms keep their texts. */
export function Language({ locale, children }: { locale: LocaleCode; children: ReactNode }) {
  const { Load, language } = files[locale];
  return (
    <>
      <Load />
      <LanguageProvider language={language}>{children}</LanguageProvider>
    </>
  );
}

function LanguageProvider({ language, children }: { language: Promise<Locale>; children: ReactNode }) {
  return <LocaleProvider {...use(language)}>{children}</LocaleProvider>;
}

function languageFile(
  loadedBy: (arrived: (file: { default: Locale }) => ComponentType) => ComponentType,
): LanguageFile {
  let resolve: (language: Locale) => void;
  const language = new Promise<Locale>((resolved) => {
    resolve = resolved;
  });
  const Load = loadedBy((file) => {
    resolve(file.default);
    return Nothing;
  });
  return { Load, language };
}

function Nothing() {
  return null;
}
