import type { Locale } from "@calcom/lib/i18n";
import { useEffect, useMemo, useState } from "react";
import { type Language, loadTexts } from "./texts";
import { createTranslation, type Texts } from "./translate";

/** Those that are there already: the next page needs no moment without texts. */
const loaded = new Map<Language, Texts>();

export type TextsState = Locale | "loading" | "failed";

/** The texts of a language, with what the application says otherwise. */
export function useTexts(language: Language, own: Texts | undefined): TextsState {
  const [state, setState] = useState<Texts | "loading" | "failed">(loaded.get(language) ?? "loading");
  useEffect(() => {
    let isWanted = true;
    loadTexts[language]().then(
      ({ default: texts }) => {
        loaded.set(language, texts);
        if (isWanted) setState(texts);
      },
      () => isWanted && setState("failed"),
    );
    return () => {
      isWanted = false;
    };
  }, [language]);
  return useMemo(
    () => (typeof state === "string" ? state : createTranslation(language, { ...state, ...own })),
    [state, language, own],
  );
}
