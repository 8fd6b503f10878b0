/// <reference path="./virtual.d.ts" />

import type { Texts } from "./translate";

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

/** One chunk for each language. The package is built with these two modules, from the texts of the application here. */
export const loadTexts: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import("virtual:admin-texts/en"),
  de: () => import("virtual:admin-texts/de"),
};

/** The one that is asked for, or that of the page; English where there are no texts for it. */
export function languageFor(asked: string | undefined): Language {
  const wanted = (asked ?? document.documentElement.lang).toLowerCase();
  return LANGUAGES.find((language) => wanted === language || wanted.startsWith(`${language}-`)) ?? "en";
}
