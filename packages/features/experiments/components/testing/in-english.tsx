import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LocaleProvider } from "@calcom/lib/i18n";
import { TooltipProvider } from "@calcom/ui";
import { type RenderResult, render } from "@testing-library/react";
import { createInstance } from "i18next";
import type { ReactElement } from "react";

const texts = "../../../../../apps/web/public/static/locales";
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), texts);
const textsOf = (language: string) => ({
  common: JSON.parse(readFileSync(path.join(folder, language, "common.json"), "utf8")),
});
const i18n = createInstance();
await i18n.init({
  lng: "en",
  resources: { en: textsOf("en"), de: textsOf("de") },
  defaultNS: "common",
  keySeparator: false,
  nsSeparator: false,
  showSupportNotice: false,
  interpolation: { escapeValue: false },
});

export const t = (key: string, values?: Record<string, unknown>): string => i18n.t(key, { ...values });

export function textIn(locale: "en" | "de"): typeof t {
  const translate = i18n.getFixedT(locale);
  return (key, values) => translate(key, { ...values });
}

/** Renders with the texts that people read; in jsdom, which lacks what Radix measures and captures with. */
export function renderInEnglish(element: ReactElement): RenderResult {
  return renderIn("en", element);
}

export function renderIn(locale: "en" | "de", element: ReactElement): RenderResult {
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Element.prototype.scrollIntoView ??= () => undefined;
  Element.prototype.hasPointerCapture ??= () => false;
  return render(withTexts(locale, element));
}

/** For rendering again. */
export function inEnglish(element: ReactElement): ReactElement {
  return withTexts("en", element);
}

function withTexts(locale: "en" | "de", element: ReactElement): ReactElement {
  const translate = i18n.getFixedT(locale);
  return (
    <LocaleProvider t={(key, values) => translate(key, { ...values })} locale={locale}>
      <TooltipProvider>{element}</TooltipProvider>
    </LocaleProvider>
  );
}
