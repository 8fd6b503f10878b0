import { readFileSync } from "node:fs";
import type { BrowserContext } from "@playwright/test";
import { testEnv } from "./fixtures";

export type Language = "en" | "de";

export function textsOf(language: Language): Record<string, string> {
  return JSON.parse(readFileSync(`apps/web/public/static/locales/${language}/common.json`, "utf8"));
}

/** From the next page on, the browser's person reads the application in that language. */
export async function read(
  context: BrowserContext,
  language: Language,
  url = testEnv().baseUrl,
): Promise<void> {
  await context.addCookies([{ name: "calcom_locale", value: language, url }]);
}

/** Matches that text alone, with anything where it has a variable. */
export function patternOf(text: string): RegExp {
  const parts = text.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`);
}
