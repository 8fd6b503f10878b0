import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import germanTexts from "@/public/static/locales/de/common.json";
import germanFailure from "@/public/static/locales/de/failure.json";
import englishTexts from "@/public/static/locales/en/common.json";
import englishFailure from "@/public/static/locales/en/failure.json";
import { localeOf } from "./i18n-server";
import { localeFor, preferredLocale, toLocale } from "./locale";

const [english, german] = [
  { ...englishTexts, ...englishFailure },
  { ...germanTexts, ...germanFailure },
];

const root = path.resolve(import.meta.dirname, "../../..");
const keys = Object.keys(english);
const sources = ["apps/web", "packages/features", "packages/ui"].flatMap((dir) =>
  readdirSync(path.join(root, dir), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/node_modules|\.next|\.test\.|playwright/.test(file))
    .map((file) => ({ file: path.join(dir, file), text: readFileSync(path.join(root, dir, file), "utf8") })),
);

describe("a language", () => {
  test("fills in variables as they are, and chooses the plural", () => {
    const { t } = localeOf("en");
    expect(t("user_menu", { name: "<Ada & Bob>" })).toBe("Account menu for <Ada & Bob>");
    expect(t("member_count", { count: 1 })).toBe("1 member");
    expect(t("member_count", { count: 3 })).toBe("3 members");
    expect(localeOf("de").t("member_count", { count: 3 })).toBe("3 Mitglieder");
  });

  test("is the one that the browser prefers, as far as there are texts for it", () => {
    expect(preferredLocale("de-AT,de;q=0.9,en;q=0.8")).toBe("de");
    expect(preferredLocale("fr,en;q=0.5,de;q=0.7")).toBe("de");
    expect(preferredLocale("fr-FR, es;q=0.5")).toBe("en");
    expect(preferredLocale("de;q=0")).toBe("en");
    expect(preferredLocale(null)).toBe("en");
    expect(toLocale("constructor")).toBeNull();
  });

  test("is the chosen one, whatever the browser prefers, if there are texts for it", () => {
    expect(localeFor("de", "en")).toBe("de");
    expect(localeFor("fr", "de")).toBe("de");
    expect(localeFor(undefined, null)).toBe("en");
  });
});

describe("the texts", () => {
  test("keys are snake_case and sorted, in every language", () => {
    expect(keys.filter((key) => !/^[a-z0-9]+(?:_[a-z0-9]+)*$/.test(key))).toEqual([]);
    for (const texts of [englishTexts, englishFailure, germanTexts, germanFailure])
      expect(Object.keys(texts)).toEqual(Object.keys(texts).sort());
  });

  test("every language has every key, and names the same variables", () => {
    expect(Object.keys(german)).toEqual(keys);
    const variablesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    const differing = keys.filter((key) => {
      const [ours, theirs] = [english, german].map((texts) =>
        variablesOf((texts as Record<string, string>)[key] ?? ""),
      );
      return JSON.stringify(ours) !== JSON.stringify(theirs);
    });
    expect(differing).toEqual([]);
  });

  test("every key that the code names has its text", () => {
    const named = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key = ""]) => ({ file, key })),
    );
    expect(named.filter(({ key }) => !keys.some((known) => known === key || bare(known) === key))).toEqual(
      [],
    );
  });

  test("no key is left over from code that is gone", () => {
    const literals = new Set(
      sources.flatMap(({ text }) =>
        [...text.matchAll(/["'`]([a-z0-9]+(?:_[a-z0-9]+)+|[a-z]+)["'`]/g)].map(([, key]) => key),
      ),
    );
    // Keys that are put together say so by a literal that ends where the variable begins.
    const stems = sources.flatMap(({ text }) =>
      [...text.matchAll(/`([a-z0-9_]+_)\$\{/g)].map(([, stem = ""]) => stem),
    );
    const unused = keys.filter(
      (key) => !literals.has(key) && !literals.has(bare(key)) && !stems.some((stem) => key.startsWith(stem)),
    );
    expect(unused).toEqual([]);
  });
});

function bare(key: string): string {
  return key.replace(/_(?:zero|one|other)$/, "");
}
