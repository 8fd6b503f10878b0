import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { HASH_SPACE, hashFrom, hashPrefix, murmur3 } from "./hash";
import { assignVariantDeterministic } from "./variant-assignment";

describe("murmur3", () => {
  // Computed with the reference implementation (smhasher's MurmurHash3_x86_32, seed 0).
  it.each([
    ["", 0x00000000],
    ["a", 0x3c2569b2],
    ["ab", 0x9bbfd75f],
    ["abc", 0xb3dd93fa],
    ["abcd", 0x43ed676a],
    ["hello", 0x248bfa47],
    ["hello, world", 0x149bbb7f],
    ["The quick brown fox jumps over the lazy dog", 0x2e4ff723],
  ])("agrees with the reference on %j", (text, expected) => {
    expect(murmur3(text)).toBe(expected);
  });

  // Computed with an independent implementation. Ours, for ever: a subject without a row is decided by these. A change of one is a change of hash version.
  it.each([
    ["variant:upgrade-button-test:", "1", 2_440_560_127],
    ["traffic:upgrade-button-test:", "1", 2_188_722_940],
    ["variant:landing-hero-test:", "6f9619ff-8b86-4011-b42d-00c04fc964ff", 3_501_582_369],
    ["variant:größe:", "übung", 574_403_251],
  ])("keeps the golden vector of %s%s", (prefix, unitId, expected) => {
    expect(hashFrom(hashPrefix(prefix), unitId)).toBe(expected);
  });

  test.prop([fc.string({ unit: "binary" }), fc.string({ unit: "binary" })])(
    "answers the same however the text is cut into prefix and rest",
    (start, end) => {
      // A surrogate pair that is cut in two is two broken halves: that text is another one.
      fc.pre(!/[\ud800-\udbff]$/.test(start) || !/^[\udc00-\udfff]/.test(end));
      expect(hashFrom(hashPrefix(start), end)).toBe(murmur3(start + end));
    },
  );
});

describe("assignment by hash", () => {
  const halves = [
    { name: "control", percentage: 50 },
    { name: "treatment", percentage: 50 },
  ];
  const ids = Array.from({ length: 20_000 }, (_, index) => String(index + 1));
  const similarSlugs: [string, string][] = [
    ["upgrade-button-a", "upgrade-button-b"],
    ["checkout-cta", "checkout-nav"],
    ["pricing-1", "pricing-2"],
    ["pricing-1", "pricing-3"],
    ["hero", "hero-2"],
    ["new-onboarding", "new-onboarding-v2"],
  ];

  it("spreads consecutive ids evenly over 100 ranges (chi-square, p > 0.001)", () => {
    const prefix = hashPrefix("variant:upgrade-button-test:");
    const counts = new Array<number>(100).fill(0);
    for (const id of ids) {
      const range = Math.floor((hashFrom(prefix, id) / HASH_SPACE) * 100);
      counts[range] = (counts[range] ?? 0) + 1;
    }
    expect(chiSquare(counts, ids.length / 100)).toBeLessThan(CRITICAL_99_DEGREES);
  });

  it.each(similarSlugs)("is independent between %s and %s", (first, second) => {
    const agreement = agreementOf((id, slug) => assignVariantDeterministic(id, slug, halves), first, second);
    expect(Math.abs(agreement - 50)).toBeLessThan(1.5);
  });

  it("has an independence test that catches hash * 31 % 100", () => {
    const agreements = similarSlugs.map(([first, second]) => agreementOf(byPolynomialHash, first, second));
    expect(agreements.filter((agreement) => Math.abs(agreement - 50) >= 1.5).length).toBeGreaterThan(0);
    expect(Math.abs((agreements[0] as number) - 50)).toBeGreaterThan(10);
  });

  function agreementOf(assign: (id: string, slug: string) => string, first: string, second: string): number {
    return (100 * ids.filter((id) => assign(id, first) === assign(id, second)).length) / ids.length;
  }

  /** The plan's proof of concept. */
  function byPolynomialHash(id: string, slug: string): string {
    let hash = 0;
    for (const character of `${id}-${slug}`) hash = (hash * 31 + character.charCodeAt(0)) | 0;
    return Math.abs(hash) % 100 < 50 ? "control" : "treatment";
  }
});

/** The 99.9 % quantile of the chi-square distribution with 99 degrees of freedom. */
const CRITICAL_99_DEGREES = 148.23;

function chiSquare(counts: number[], expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
