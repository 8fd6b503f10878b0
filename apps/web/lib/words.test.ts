import { describe, expect, test } from "vitest";
import germanTexts from "@/public/static/locales/de/common.json";
import germanFailure from "@/public/static/locales/de/failure.json";
import germanRefusals from "@/public/static/locales/de/refusals.json";
import englishTexts from "@/public/static/locales/en/common.json";
import englishFailure from "@/public/static/locales/en/failure.json";

type Language = "en" | "de";

/** What the interface, its refusals and its mails say; the words to use instead are in docs/glossary.md. */
const spoken: Record<Language, string[]> = {
  en: [...Object.values({ ...englishTexts, ...englishFailure }), ...Object.keys(germanRefusals)],
  de: Object.values({ ...germanTexts, ...germanFailure, ...germanRefusals }),
};

const retired: Record<Language, RegExp[]> = {
  en: [
    /\bsubjects?\b/i,
    /\bepochs?\b/i,
    /\bwatched\b/i,
    /\b(?:an?|any|each|every|first|early|interim|last|next|no|one|repeated|the|this) looks?\b/i,
    /\bsplit is off\b/i,
    /\bmatters? from\b/i,
    /\b(?:some|no|every|any)body\b/i,
    /\bwho(?:so|m)?ever\b/i,
    /\bleft out\b/i,
    /\breceipts?\b/i,
    /\bt(?:ake|akes|aken|aking|ook)\b.*\bback\b/i,
    /\bby (?:hash|lot)\b/i,
    /\bvalid at any time\b/i,
    /\bmutual exclusion\b/i,
    /\bpast (?:its |the )?planned end\b/i,
  ],
  de: [
    /Urteil/,
    /Schalter/i,
    /Konversion/i,
    /Hauptmetrik|Schutzmetrik|Nebenmetrik/,
    /Epoche/,
    /Aufbau/,
    /angepasst/,
    /\bBlick\b/,
    /Veränderung/,
    /Vorhersage/,
    /Merkmal/,
    /\bFindet ab\b/,
    /Ende überschritten/,
    /Zuweisungsverfahren/,
    /nachschlag|nachgeschlagen/i,
    /\b(?:irgend)?jemand(?:em|en)?\b/i,
    /\b(?:du|dich|dir|deine?[mnrs]?)\b/i,
  ],
};

const MOST_WORDS = 20;

/** Sentences that name a deed and address no one: "Die Verbindung prüfen." */
const IMPERSONAL = /^(?!.*\b(?:Sie|[Kk]ann|[Kk]önnen|sich|alle|ist|wird|wurde)\b)\S+ .*\S+en[.!]$/;
const DEEDS =
  /(?:wählen|geben|prüfen|nehmen|nennen|versuchen|öffnen|laden|tippen|melden|setzen|speichern|schreiben|suchen|duplizieren|archivieren)[.!]$/;

function faultsOf(language: Language, text: string): string[] {
  const plain = text.replaceAll(/\{\{\w+\}\}/g, "X");
  const sentences = plain.split(/(?<=[.!?:])\s/);
  return [
    ...retired[language].filter((word) => word.test(plain)).map(String),
    ...(plain.includes(";") ? ["a semicolon"] : []),
    ...sentences.filter((sentence) => wordsIn(sentence) > MOST_WORDS).map(() => "a long sentence"),
    ...(language === "de"
      ? sentences.filter((sentence) => IMPERSONAL.test(sentence) && DEEDS.test(sentence)).map(() => "no Sie")
      : []),
  ];
}

function wordsIn(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /\p{L}|\d/u.test(word)).length;
}

describe.each(["en", "de"] as const)("what is said in %s", (language) => {
  test("is said in the words of the glossary, in short sentences", () => {
    const faulty = spoken[language].map((text) => ({ text, faults: faultsOf(language, text) }));
    expect(faulty.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });
});

describe("the words of older texts are found", () => {
  test.each([
    "Plan for at least 100 subjects.",
    "Epoch {{epoch}}: {{p}}",
    "Watched metrics",
    "Last look: {{moment}}.",
    "No look has compared the variants.",
    "Split is off: {{observed}} instead of {{expected}}",
    "matters from {{effect}}",
    "Nobody has seen a variant yet.",
    "Whoever belongs to one of them matches.",
    "Left out of the comparison",
    "Take the winner back",
    "{{count}} comparisons, valid at any time.",
    "Mutual exclusion groups",
    "Some text; another one.",
    `${"word ".repeat(21)}.`,
  ])("in English: %s", (text) => {
    expect(faultsOf("en", text)).not.toEqual([]);
  });

  test.each([
    "Vorher kein Urteil.",
    "Neuer Schalter",
    "Konversionsfenster",
    "Hauptmetrik",
    "p angepasst",
    "Epoche {{epoch}}",
    "Version des Zuweisungsverfahrens",
    "Person nachschlagen",
    "Jemand hat es geändert.",
    "Die Verbindung prüfen und noch einmal versuchen.",
    "Höchstens 20 Metriken wählen.",
    "Wähle deine Metrik.",
  ])("in German: %s", (text) => {
    expect(faultsOf("de", text)).not.toEqual([]);
  });

  test("and variables are none of them, nor is the verb", () => {
    expect(faultsOf("en", "{{subjects}} at {{epoch}}: valid however often you look.")).toEqual([]);
    expect(faultsOf("de", "Prüfen Sie die Verbindung und versuchen Sie es noch einmal.")).toEqual([]);
  });
});
