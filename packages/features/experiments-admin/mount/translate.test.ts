import { readFileSync } from "node:fs";
import path from "node:path";
import { createInstance } from "i18next";
import { expect, test } from "vitest";
import { createTranslation } from "./translate";

const locales = path.resolve(import.meta.dirname, "../../../../apps/web/public/static/locales");
const textsOf = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(locales, language, "common.json"), "utf8"));

test("it fills in variables as they are, and leaves what nobody gave", () => {
  const { t } = createTranslation("en", { hello: "Hello {{name}}, {{other}}" });
  expect(t("hello", { name: "<$&>" })).toBe("Hello <$&>, {{other}}");
  expect(t("constructor")).toBe("constructor");
});

test.each(["en", "de"])("it says every text of %s as the application here does", (language) => {
  const texts = textsOf(language);
  const other = createInstance();
  void other.init({
    lng: language,
    resources: { [language]: { common: texts } },
    defaultNS: "common",
    ...{ keySeparator: false, nsSeparator: false, initAsync: false, showSupportNotice: false },
    interpolation: { escapeValue: false },
  });
  const own = createTranslation(language, texts);
  for (const key of Object.keys(texts)) {
    const bare = key.replace(/_(?:zero|one|other)$/, "");
    const names = [...(texts[key] ?? "").matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => [name, "Ada"]);
    for (const count of [0, 1, 2, 1.5]) {
      const values = { ...Object.fromEntries(names), ...(bare !== key && { count }) };
      expect(own.t(bare, values)).toBe(other.t(bare, values));
    }
  }
});
