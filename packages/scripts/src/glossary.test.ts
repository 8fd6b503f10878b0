import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./lib/paths";

interface Term {
  english: string;
  /** What the code calls it; null where no one name stands for it. */
  code: string | null;
  german: string;
}

const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const textsIn = (language: string): Record<string, string> =>
  JSON.parse(read(`apps/web/public/static/locales/${language}/common.json`));

const terms = termsOf(read("docs/glossary.md"));
const [english, german] = [textsIn("en"), textsIn("de")];
const code = [...sourcesIn("packages/features"), ...sourcesIn("packages/statistics"), "prisma/schema.prisma"]
  .map(read)
  .join("\n");

function termsOf(document: string): Term[] {
  return [...document.matchAll(/^\| ([a-z][^|]*?) \| (?:`(\w+)` )?\| ([^|]+?) \| [^|]+ \|$/gm)].map(
    ([, english = "", code = null, german = ""]) => ({ english, code, german }),
  );
}

function sourcesIn(dir: string): string[] {
  return fs
    .readdirSync(path.join(root, dir), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/node_modules|\.test\.|testing\//.test(file))
    .map((file) => path.join(dir, file));
}

/** Keys whose text holds the one word in English and the other in German. */
function keysThatSay({ english: word, german: wort }: Term): string[] {
  const [first, second] = [word.toLowerCase(), wort.toLowerCase()];
  return Object.keys(english).filter(
    (key) => english[key]?.toLowerCase().includes(first) && german[key]?.toLowerCase().includes(second),
  );
}

describe("the glossary", () => {
  test("has each word once, in English, German and code", () => {
    expect(terms.length).toBeGreaterThan(30);
    const twice = (words: (string | null)[]) =>
      words.filter((word, place) => word !== null && words.indexOf(word) !== place);
    expect(twice(terms.map(({ english: word }) => word))).toEqual([]);
    expect(twice(terms.map(({ german: word }) => word))).toEqual([]);
    expect(twice(terms.map(({ code: word }) => word))).toEqual([]);
  });

  test.each(terms)("$english: the interface says so, and $german in the same place", (term) => {
    expect(keysThatSay(term)).not.toEqual([]);
  });

  test.each(terms.filter((term) => term.code !== null))("$english: the code says $code", (term) => {
    expect(code).toMatch(new RegExp(`\\b${term.code}\\b`));
  });

  test("a word that the interface does not use is found", () => {
    expect(keysThatSay({ english: "participant", code: null, german: "Proband" })).toEqual([]);
    expect(keysThatSay({ english: "guinea pig", code: null, german: "Teilnehmende" })).toEqual([]);
  });
});
