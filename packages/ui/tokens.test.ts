import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bandOpacity, variantColor } from "./lib/variant-color";

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
/** Control and twelve others, as the code names them. */
const variants = Array.from({ length: 13 }, (_, place) => variantColor(place).slice("var(--".length, -1));
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
  ...variants.flatMap((variant) =>
    ["background", "card", "popover", "muted"].map((surface): [string, string] => [variant, surface]),
  ),
];

describe.each(Object.entries(themes))("the %s theme", (_, tokens) => {
  test.each(text)("text in %s can be read on %s", (foreground, background) => {
    expect(contrast(tokens, foreground, background)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(shapes)("the shape of %s can be seen on %s", (shape, background) => {
    expect(contrast(tokens, shape, background)).toBeGreaterThanOrEqual(3);
  });

  test.each(variants)("the band of an interval in %s is seen on the page", (variant) => {
    const page = channels(tokens, "background");
    expect(ratio(page, laidOver(page, channels(tokens, variant), bandOpacity))).toBeGreaterThanOrEqual(1.5);
  });
});

test.each(variants)(
  "the thin line of a lift in %s is seen on a dark page, and on its own band",
  (variant) => {
    const page = channels(themes.dark, "background");
    const line = channels(themes.dark, variant);
    expect(ratio(page, line)).toBeGreaterThanOrEqual(4.5);
    expect(ratio(laidOver(page, line, bandOpacity), line)).toBeGreaterThanOrEqual(2.7);
  },
);

test.each(Object.entries(themes))(
  "in the %s theme no two of twelve variants beside control look alike",
  (_, tokens) => {
    expect(new Set(variants).size).toBe(13);
    const alike = variants.flatMap((one, place) =>
      variants
        .slice(place + 1)
        .filter((other) => difference(tokens, one, other) < 0.075)
        .map((other) => [one, other]),
    );
    expect(alike).toEqual([]);
  },
);

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
  return ratio(channels(tokens, one), channels(tokens, other));
}

function ratio(one: number[], other: number[]): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** As screens do it: the values of sRGB are mixed, not those of light. */
function laidOver(below: number[], above: number[], opacity: number): number[] {
  return below.map((channel, index) =>
    toLight(opacity * fromLight(above[index] ?? 0) + (1 - opacity) * fromLight(channel)),
  );
}

/** How far two colours are apart in OKLab: what is nearer than 0.02 can hardly be told apart side by side. */
function difference(tokens: Map<string, string>, one: string, other: string): number {
  const [a, b] = [one, other].map((name) => toOklab(channels(tokens, name)));
  return Math.hypot(...(a ?? []).map((value, axis) => value - (b?.[axis] ?? 0)));
}

function toOklab([red = 0, green = 0, blue = 0]: number[]): number[] {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Relative luminance (WCAG 2) of an opaque colour. */
function luminance([red = 0, green = 0, blue = 0]: number[]): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Linear light of red, green and blue. */
function channels(tokens: Map<string, string>, name: string): number[] {
  const value = tokens.get(name) ?? "missing";
  return value.startsWith("#") ? fromHex(value) : fromOklch(name, value);
}

function fromHex(value: string): number[] {
  return [1, 3, 5].map((start) => toLight(Number.parseInt(value.slice(start, start + 2), 16) / 255));
}

function toLight(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function fromLight(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
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
