import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LocaleProvider } from "@calcom/lib/i18n";
import { TooltipProvider } from "@calcom/ui";
import { configure, type RenderResult, render } from "@testing-library/react";
import { createInstance } from "i18next";
import type { ReactElement } from "react";
import { vi } from "vitest";

// Whole forms are slow in jsdom, and machines that run everything at once are slower.
configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

const texts = "../../../../../apps/web/public/static/locales/en/common.json";
const file = path.join(path.dirname(fileURLToPath(import.meta.url)), texts);
const i18n = createInstance();
await i18n.init({
  lng: "en",
  resources: { en: { common: JSON.parse(readFileSync(file, "utf8")) } },
  defaultNS: "common",
  keySeparator: false,
  nsSeparator: false,
  showSupportNotice: false,
  interpolation: { escapeValue: false },
});

export const t = (key: string, values?: Record<string, unknown>): string => i18n.t(key, { ...values });

/** Renders with the texts that people read; in jsdom, which lacks what Radix measures and captures with. */
export function renderInEnglish(element: ReactElement): RenderResult {
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Element.prototype.scrollIntoView ??= () => undefined;
  Element.prototype.hasPointerCapture ??= () => false;
  return render(
    <LocaleProvider t={t} locale="en">
      <TooltipProvider>{element}</TooltipProvider>
    </LocaleProvider>,
  );
}
