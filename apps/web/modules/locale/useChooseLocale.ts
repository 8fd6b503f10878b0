"use client";

import { useRouter } from "next/navigation";
import { chooseLocale } from "./choose-locale";

/** Remembers a language in this browser, and shows the page in it; what is typed into a form stays. */
export function useChooseLocale(): (locale: string) => Promise<void> {
  const router = useRouter();
  return async (locale) => {
    await chooseLocale(locale);
    router.refresh();
  };
}
