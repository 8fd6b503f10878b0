import { expect, test } from "vitest";
import { createFigures } from "../analytics/charts/figures";
import { textIn } from "../testing/in-english";
import { createFormat } from "./format";
import { intervalText } from "./interval";

const CASES = [
  { bounds: { low: 0.012, high: 0.048 }, en: "+1.2% to +4.8%", de: "+1,2\u00a0% bis +4,8\u00a0%" },
  { bounds: { low: -0.4, high: null }, en: "at least −40.0%", de: "mindestens −40,0\u00a0%" },
  { bounds: { low: null, high: 0.1 }, en: "at most +10.0%", de: "höchstens +10,0\u00a0%" },
  { bounds: { low: null, high: null }, en: "–", de: "–" },
  { bounds: null, en: "–", de: "–" },
];

test.each(CASES)("the interval $bounds is written in one way in each language", ({ bounds, ...texts }) => {
  for (const language of ["en", "de"] as const) {
    const { lift } = createFigures(language, createFormat(language, "UTC"));
    expect(intervalText(bounds, lift, textIn(language))).toBe(texts[language]);
  }
});
