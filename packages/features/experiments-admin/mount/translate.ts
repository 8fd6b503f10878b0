import type { Locale } from "@calcom/lib/i18n";

export type Texts = Readonly<Record<string, string>>;

/** Reads texts with `{{variables}}`, of which `count` chooses the plural. A missing key shows as itself. */
export function createTranslation(locale: string, texts: Texts): Locale {
  const plurals = new Intl.PluralRules(locale);
  const has = (key: string) => Object.hasOwn(texts, key);
  return {
    locale,
    t(key, values = {}) {
      const { count } = values;
      const form = typeof count === "number" ? `${key}_${plurals.select(count)}` : key;
      const found = [form, `${key}_other`, key].find(has);
      const text = found === undefined ? key : (texts[found] ?? key);
      return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) =>
        values[name] === undefined ? whole : String(values[name]),
      );
    },
  };
}
