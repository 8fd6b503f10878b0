import { expect, test } from "vitest";
import { createFormat } from "../../shared/format";
import { createFigures } from "./figures";

const figuresIn = (locale: string) => createFigures(locale, createFormat(locale, "UTC"));

test.each([
  [0, "< 0.001", "< 0,001"],
  [0.0009, "< 0.001", "< 0,001"],
  [0.0124, "0.012", "0,012"],
  [0.99, "0.99", "0,99"],
  [0.9951, "> 0.99", "> 0,99"],
  [1, "> 0.99", "> 0,99"],
])("a p of %d is never certain", (p, english, german) => {
  for (const [locale, text] of [
    ["en", english],
    ["de", german],
  ] as const) {
    const { p: alone, pEquals } = figuresIn(locale);
    expect(alone(p)).toBe(text);
    expect(pEquals(p).replaceAll("\u00a0", " ")).toBe(/^[<>]/.test(text) ? `p ${text}` : `p = ${text}`);
  }
});

test.each([
  [0, "< 0.1%"],
  [0.5, "50.0%"],
  [0.9994, "> 99.9%"],
  [1, "> 99.9%"],
])("nor is a chance of %d", (chance, text) => {
  expect(figuresIn("en").chance(chance)).toBe(text);
});
