import type { Locale } from "@calcom/lib/i18n";

export type Texts = Readonly<Record<string, string>>;

/** Reads texts with `{{variables}}`, of which `count` chooses the plural. A missing key shows as itself. */
export function createTranslation(locale: string, texts: Texts): Locale {
  const plurals = new Intl.PluralRules(locale);
  const formsOf = (count: number) => [...(count === 0 ? ["zero"] : []), plurals.select(count)];
  const has = (key: string) => Object.hasOwn(texts, key);
  return {
    locale,
    t(key, values = {}) {
      const { count } = values;
      const forms = typeof count === "number" ? formsOf(count).map((form) => `${key}_${form}`) : [];
      const found = [...forms, key].find(has);
      const text = found === undefined ? key : (texts[found] ?? key);
      return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) =>
        values[name] === undefined ? whole : String(values[name]),
      );
    },
  };
}
