import { written } from "@calcom/lib/sentence";
import { describe, expect, it } from "vitest";
import { compilePattern, patternLimits } from "./pattern";

function compiled(pattern: string): (text: string) => boolean {
  const result = compilePattern(pattern);
  if (!result.ok) throw new Error(`${pattern} ${written(result.problem)}`);
  return result.matches;
}

function elapsedMs(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe("patterns", () => {
  it.each([
    ["Mobile|Tablet", "Android Mobile Browser", true],
    ["mobile", "Android Mobile Browser", false],
    ["(?i)mobile", "Android Mobile Browser", true],
    ["^\\w+@acme\\.com$", "ida@acme.com", true],
    ["^\\w+@acme\\.com$", "ida@acme.com\n", false],
    ["", "anything", true],
    ["^.$", "\u{1f600}", true],
  ])("%j in %j: %j", (pattern, text, expected) => {
    expect(compiled(pattern)(text)).toBe(expected);
  });

  it.each([
    ["/???***[)", "isn’t a valid RE2 pattern"],
    ["(?=ahead)", "isn’t a valid RE2 pattern"],
    ["(a)\\1", "isn’t a valid RE2 pattern"],
    ["(a{1000}){1000}", "isn’t a valid RE2 pattern"],
    ["a{501}", "repeats too much"],
    ["a".repeat(patternLimits.patternChars + 1), "is longer than"],
  ])("%s is refused: it %s", (pattern, problem) => {
    const result = compilePattern(pattern);
    expect(result.ok ? null : written(result.problem)).toContain(problem);
  });

  // The short text comes first: a backtracking engine needs seconds for it, and for ever for the long one.
  it.each([
    ["(a+)+$", "a", 24],
    ["(a|aa)+$", "a", 34],
    ["^(([a-z])+.)+[A-Z]([a-z])+$", "a", 34],
    ["(x+x+)+y", "x", 26],
    ["(.*a){11}!", "a", 28],
  ])("%s cannot be made to hang", (pattern, letter, shortChars) => {
    const matches = compiled(pattern);
    const short = `${letter.repeat(shortChars)}?`;
    const long = `${letter.repeat(patternLimits.textChars - 1)}?`;
    expect(elapsedMs(() => expect(matches(short)).toBe(false))).toBeLessThan(500);
    expect(elapsedMs(() => expect(matches(long)).toBe(false))).toBeLessThan(2_000);
  });

  it("matches no text beyond its limit", () => {
    const matches = compiled("a");
    expect(matches("a".repeat(patternLimits.textChars))).toBe(true);
    expect(matches("a".repeat(patternLimits.textChars + 1))).toBe(false);
  });
});
