import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");
const light = tokensOf(":root");
const themes = { light, dark: new Map([...light, ...tokensOf(".dark")]) };

const surfaces = ["background", "card", "popover", "subtle", "muted", "accent"];
const text: [foreground: string, background: string][] = [
  ...["foreground", "muted-foreground", "destructive"].flatMap((foreground) =>
    surfaces.map((surface): [string, string] => [foreground, surface]),
  ),
  ...["primary", "success", "warning", "info"].map((tone): [string, string] => [tone, "background"]),
  ...["card", "popover", "secondary", "accent", "primary", "primary-solid"].map((name): [string, string] => [
    `${name}-foreground`,
    name,
  ]),
  ...["info", "success", "warning", "destructive"].flatMap((tone): [string, string][] => [
    [tone, `${tone}-muted`],
    ["foreground", `${tone}-muted`],
  ]),
  ["destructive-foreground", "destructive-solid"],
  ["background", "foreground"],
];
// The outline of a checkbox, the track of a switch, the focus ring: seen by shape alone, so 3 to 1 (WCAG 1.4.11).
const shapes: [shape: string, background: string][] = [
  ["control", "background"],
  ["control", "card"],
  ["control", "popover"],
  ["ring", "background"],
  ["ring", "popover"],
  ["ring", "muted"],
  ["primary", "background"],
  ["primary-solid", "background"],
  ["primary-solid-foreground", "control"],
  // Lines, bars and swatches; the bar of a split lies on muted.
  ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((index) =>
    ["background", "card", "popover", "muted"].map((surface): [string, string] => [
      `variant-${index}`,
      surface,
    ]),
  ),
];

describe.each(Object.entries(themes))("the %s theme", (_, tokens) => {
  test.each(text)("text in %s can be read on %s", (foreground, background) => {
    expect(contrast(tokens, foreground, background)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(shapes)("the shape of %s can be seen on %s", (shape, background) => {
    expect(contrast(tokens, shape, background)).toBeGreaterThanOrEqual(3);
  });
});

test("each colour of the light theme has its dark one", () => {
  const dark = tokensOf(".dark");
  expect([...light.keys()].filter((name) => !dark.has(name))).toEqual([]);
});

test("the measure agrees with the known contrasts of black and of mid grey on white", () => {
  const known = new Map([
    ["white", "oklch(1 0 0)"],
    ["black", "oklch(0 0 0)"],
    ["grey", "oklch(0.5673 0 0)"],
    ["web grey", "#767676"],
    ["orange", "#e69f00"],
  ]);
  expect(contrast(known, "black", "white")).toBeCloseTo(21, 5);
  // #767676 is the lightest grey that passes on white, at 4.54 to 1.
  expect(contrast(known, "grey", "white")).toBeCloseTo(4.54, 1);
  expect(contrast(known, "web grey", "white")).toBeCloseTo(4.54, 2);
  expect(contrast(known, "orange", "white")).toBeCloseTo(2.25, 2);
});

function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`\n${selector} {`);
  const block = css.slice(start, css.indexOf("\n}", start));
  return new Map(
    [...block.matchAll(/--([\w-]+): (oklch\([^)]*\)|#\w+);/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
}

function contrast(tokens: Map<string, string>, one: string, other: string): number {
  const [darker, lighter] = [luminance(tokens, one), luminance(tokens, other)].sort((a, b) => a - b);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** Relative luminance (WCAG 2) of an opaque colour. */
function luminance(tokens: Map<string, string>, name: string): number {
  const value = tokens.get(name) ?? "missing";
  const [red = 0, green = 0, blue = 0] = value.startsWith("#") ? fromHex(value) : fromOklch(name, value);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function fromHex(value: string): number[] {
  return [1, 3, 5]
    .map((start) => Number.parseInt(value.slice(start, start + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
}

/** By the matrices of CSS Color 4, clipped to sRGB as screens do. */
function fromOklch(name: string, value: string): number[] {
  const match = value.match(/^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/);
  if (!match) throw new Error(`--${name} is ${value}, not an opaque oklch colour`);
  const [lightness = 0, chroma = 0, hue = 0] = match.slice(1).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((channel) => Math.min(1, Math.max(0, channel)));
}
